package org.ikebana.ike.wire;

import java.nio.ByteBuffer;
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

    static final int LENGTH_OFFSET = 24;
    private static final int FIRST_PAYLOAD_OFFSET = 16;
    private static final int VERSION_OFFSET = 17;
    private static final int EXCHANGE_OFFSET = 18;
    private static final int FLAGS_OFFSET = 19;
    private static final int MESSAGE_ID_OFFSET = 20;

    private static final int INITIATOR = 0x08;
    private static final int HIGHER_VERSION = 0x10;
    private static final int RESPONSE = 0x20;

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

    static IkeHeader read(byte[] datagram) {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        int flags = in.get(FLAGS_OFFSET);
        return new IkeHeader(
                in.getLong(0),
                in.getLong(8),
                in.get(VERSION_OFFSET) >> 4 & 0xf,
                in.get(VERSION_OFFSET) & 0xf,
                in.get(EXCHANGE_OFFSET) & 0xff,
                (flags & INITIATOR) != 0,
                (flags & RESPONSE) != 0,
                (flags & HIGHER_VERSION) != 0,
                in.getInt(MESSAGE_ID_OFFSET));
    }

    static int firstPayload(byte[] datagram) {
        return datagram[FIRST_PAYLOAD_OFFSET] & 0xff;
    }

    static long length(byte[] datagram) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(datagram).getInt(LENGTH_OFFSET));
    }

    /** The length is put in later. */
    void write(int firstPayload, PayloadWriter out) {
        out.eightOctets(initiatorSpi);
        out.eightOctets(responderSpi);
        out.octet(firstPayload);
        out.octet(majorVersion << 4 | minorVersion);
        out.octet(exchangeType);
        out.octet((initiator ? INITIATOR : 0) | (response ? RESPONSE : 0) | (higherVersion ? HIGHER_VERSION : 0));
        out.fourOctets(messageId);
        out.fourOctets(0);
    }
}
