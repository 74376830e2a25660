package org.ikebana.ike.wire;

/** One selector of a {@link TsPayload} (RFC 7296 3.13.1). */
public sealed interface SelectorSubstructure permits TrafficSelectorSubstructure, UnknownSelectorSubstructure {
    /** The octet on the wire. */
    int tsType();

    /** IP protocol number, 0 for any. */
    int protocol();

    void write(PayloadWriter out);

    static SelectorSubstructure read(PayloadReader in) throws MalformedException {
        int tsType = in.octet();
        int protocol = in.octet();
        PayloadReader rest = in.part(in.twoOctets() - 4);
        if (TrafficSelectorSubstructure.addressLength(tsType) == 0) {
            return new UnknownSelectorSubstructure(tsType, protocol, rest.rest());
        }
        SelectorSubstructure selector = TrafficSelectorSubstructure.read(tsType, protocol, rest);
        rest.requireEnd();
        return selector;
    }
}
