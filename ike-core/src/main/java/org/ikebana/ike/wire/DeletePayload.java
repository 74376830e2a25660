package org.ikebana.ike.wire;

import java.util.ArrayList;
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

    static DeletePayload read(PayloadReader in) throws MalformedException {
        int protocolId = in.octet();
        int spiSize = in.octet();
        int count = in.twoOctets();
        WireLimits.require(count, WireLimits.DELETE_SPIS, "SPIs");
        List<Octets> spis = new ArrayList<>();
        // Some senders count the IKE SA itself as one, of no octets.
        for (int i = 0; i < count && spiSize > 0; i++) {
            spis.add(in.octets(spiSize));
        }
        return new DeletePayload(protocolId, spis);
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octet(protocolId);
        out.octet(spiSize());
        out.twoOctets(spis.size());
        for (Octets spi : spis) {
            out.octets(spi);
        }
    }

    private int spiSize() {
        if (!spis.isEmpty()) {
            return spis.getFirst().length();
        }
        return protocolId == ProtocolId.IKE ? 0 : 4;
    }
}
