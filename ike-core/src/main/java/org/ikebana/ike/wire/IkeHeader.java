package org.ikebana.ike.wire;

import java.util.Optional;

/**
 * The IKE header (RFC 7296 3.1) without "Next Payload" and "Length", which follow from the payloads. Flag bits beyond
 * I, R and V are ignored on receipt and sent as zero.
 *
 * @param responderSpi zero in the first message of a new IKE SA
 * @param exchangeType the octet on the wire, known to {@link ExchangeType} or not
 * @param initiator sent by the original initiator of the IKE SA
 * @param response answers the request with the same message ID
 * @param higherVersion the sender can speak a higher major version
 * @param messageId unsigned
 */
public record IkeHeader(
        long initiatorSpi,
        long responderSpi,
        int majorVersion,
        int minorVersion,
        int exchangeType,
        boolean initiator,
        boolean response,
        boolean higherVersion,
        int messageId) {
    /** Octets of the header on the wire. */
    public static final int LENGTH = 28;

    public IkeHeader {
        Bounds.require(majorVersion, 0xf, "major version");
        Bounds.require(minorVersion, 0xf, "minor version");
        Bounds.require(exchangeType, 0xff, "exchange type");
    }

    /** A header of version 2.0. */
    public static IkeHeader of(
            long initiatorSpi,
            long responderSpi,
            ExchangeType exchange,
            boolean initiator,
            boolean response,
            int messageId) {
        return new IkeHeader(initiatorSpi, responderSpi, 2, 0, exchange.code(), initiator, response, false, messageId);
    }

    public Optional<ExchangeType> exchange() {
        return ExchangeType.of(exchangeType);
    }

    /** The header of the response to this request: SPIs, exchange and message ID copied, version 2.0. */
    public IkeHeader answer() {
        return new IkeHeader(initiatorSpi, responderSpi, 2, 0, exchangeType, !initiator, true, false, messageId);
    }
}
