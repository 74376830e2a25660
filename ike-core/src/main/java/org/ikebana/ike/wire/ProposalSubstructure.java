package org.ikebana.ike.wire;

import java.util.List;

/**
 * One proposal (RFC 7296 3.3.1).
 *
 * @param number 1 for the first proposal of an offer, one more for each further one
 * @param protocolId {@link ProtocolId}
 * @param spi the sender's SPI: 4 octets for AH and ESP, 8 for an IKE SA that is being rekeyed, else empty
 * @param transforms at most 255
 */
public record ProposalSubstructure(int number, int protocolId, Octets spi, List<TransformSubstructure> transforms) {
    public ProposalSubstructure {
        Bounds.octet(number, "proposal number");
        Bounds.octet(protocolId, "protocol");
        Bounds.octet(spi.length(), "SPI size");
        Bounds.octet(transforms.size(), "number of transforms");
        transforms = List.copyOf(transforms);
    }
}
