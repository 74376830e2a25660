package org.ikebana.ike.sa;

import org.ikebana.ike.task.Role;

/** The SPIs of an IKE SA and our role in it; the responder's SPI is 0 until it is known. */
public record IkeSaId(long initiatorSpi, long responderSpi, Role role) {
    /** The SPI by which datagrams find us. */
    public long ownSpi() {
        return role == Role.INITIATOR ? initiatorSpi : responderSpi;
    }

    IkeSaId withResponderSpi(long spi) {
        return new IkeSaId(initiatorSpi, spi, role);
    }
}
