package org.ikebana.ike.wire;

/** One selector of a {@link TsPayload} (RFC 7296 3.13.1). */
public sealed interface SelectorSubstructure permits TrafficSelectorSubstructure, UnknownSelectorSubstructure {
    /** The octet on the wire. */
    int tsType();

    /** IP protocol number, 0 for any. */
    int protocol();
}
