package org.ikebana.ike.kernel;

import java.net.InetAddress;

/** Asks for an inbound SPI to be set aside: {@code destination} is our address, {@code source} the peer's. */
public record SpiRequest(
        InetAddress source,
        InetAddress destination,
        SaProtocol protocol,
        SaMode mode,
        int reqid,
        Mark mark,
        int ifId) {}
