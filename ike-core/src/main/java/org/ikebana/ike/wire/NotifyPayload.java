package org.ikebana.ike.wire;

/**
 * Notify payload (RFC 7296 3.10).
 *
 * @param protocolId {@link ProtocolId} of the SA that the SPI names, {@link ProtocolId#NONE} without one
 * @param spi empty unless the notification is about an AH or ESP SA
 * @param notifyType {@link NotifyType}
 */
public record NotifyPayload(int protocolId, Octets spi, int notifyType, Octets data) implements Payload {
    public NotifyPayload {
        Bounds.octet(protocolId, "protocol");
        Bounds.octet(spi.length(), "SPI size");
        Bounds.twoOctets(notifyType, "notify type");
    }

    /** A notification about the IKE SA or the exchange, without data. */
    public static NotifyPayload of(int notifyType) {
        return of(notifyType, Octets.EMPTY);
    }

    /** A notification about the IKE SA or the exchange. */
    public static NotifyPayload of(int notifyType, Octets data) {
        return new NotifyPayload(ProtocolId.NONE, Octets.EMPTY, notifyType, data);
    }

    public boolean isError() {
        return NotifyType.isError(notifyType);
    }

    @Override
    public int typeCode() {
        return PayloadType.NOTIFY.code();
    }

    @Override
    public String toString() {
        String sa = spi.isEmpty() ? "" : ", SPI " + spi;
        return "N(" + NotifyType.name(notifyType) + sa + (data.isEmpty() ? ")" : ", " + data + ")");
    }

    static NotifyPayload read(PayloadReader in) throws MalformedException {
        int protocolId = in.octet();
        int spiSize = in.octet();
        int notifyType = in.twoOctets();
        return new NotifyPayload(protocolId, in.octets(spiSize), notifyType, in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octet(protocolId);
        out.octet(spi.length());
        out.twoOctets(notifyType);
        out.octets(spi);
        out.octets(data);
    }
}
