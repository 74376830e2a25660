package org.ikebana.ike.wire;

import java.util.ArrayList;
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
    /** First octet of a proposal that another one follows. */
    static final int MORE = 2;

    public ProposalSubstructure {
        Bounds.octet(number, "proposal number");
        Bounds.octet(protocolId, "protocol");
        Bounds.octet(spi.length(), "SPI size");
        Bounds.octet(transforms.size(), "number of transforms");
        transforms = List.copyOf(transforms);
    }

    /** Reads what stands after the length. */
    static ProposalSubstructure read(PayloadReader in) throws MalformedException {
        int number = in.octet();
        int protocolId = in.octet();
        int spiSize = in.octet();
        int count = in.octet();
        Octets spi = in.octets(spiSize);
        List<TransformSubstructure> transforms = new ArrayList<>();
        boolean more = count > 0;
        while (more) {
            more = in.more(TransformSubstructure.MORE);
            transforms.add(TransformSubstructure.read(in.substructure()));
            if (more != transforms.size() < count) {
                throw new MalformedException("proposal " + number + " says it has " + count + " transforms");
            }
        }
        in.requireEnd();
        return new ProposalSubstructure(number, protocolId, spi, transforms);
    }

    void write(PayloadWriter out, boolean more) {
        int start = out.position();
        out.substructure(more ? MORE : 0);
        out.octet(number);
        out.octet(protocolId);
        out.octet(spi.length());
        out.octet(transforms.size());
        out.octets(spi);
        for (int i = 0; i < transforms.size(); i++) {
            transforms.get(i).write(out, i < transforms.size() - 1);
        }
        out.putLengthSince(start, start + 2);
    }
}
