package org.ikebana.ike.wire;

import java.util.List;

/**
 * Delete payload (RFC 7296 3.11).
 *
 * @param protocolId {@link ProtocolId}
 * @param spis the SPIs the sender receives with, all of one length; none for the IKE SA, which the header names
 */
public record DeletePayload(int protocolId, List<Octets> spis) implements Payload {
    public DeletePayload {
        Bounds.octet(protocolId, "protocol");
        Bounds.twoOctets(spis.size(), "number of SPIs");
        for (Octets spi : spis) {
            Bounds.octet(spi.length(), "SPI size");
            if (spi.isEmpty() || spi.length() != spis.getFirst().length()) {
                throw new IllegalArgumentException("SPIs are empty or of different lengths");
            }
        }
        spis = List.copyOf(spis);
    }

    /** Deletes the IKE SA itself. */
    public static DeletePayload ofIke() {
        return new DeletePayload(ProtocolId.IKE, List.of());
    }

    @Override
    public int typeCode() {
        return PayloadType.DELETE.code();
    }
}
