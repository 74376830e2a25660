package org.ikebana.ike.wire;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads datagrams and decrypted payload chains (RFC 7296 3). Whatever the octets are, the outcome is data; nothing is
 * thrown. Which payloads may stand together is for {@link MessageRules}.
 */
public final class MessageReader {
    private static final int MAJOR_VERSION = 2;

    private MessageReader() {}

    /**
     * The header alone, for dispatch: of any version, its length unchecked.
     *
     * @param datagram without the non-ESP marker
     * @return empty when there are fewer than 28 octets
     */
    public static Optional<IkeHeader> readHeader(byte[] datagram) {
        return datagram.length < IkeHeader.LENGTH ? Optional.empty() : Optional.of(IkeHeader.read(datagram));
    }

    /** Whether a message that should be protected begins in clear: what says that there is no such SA does. */
    public static boolean beginsInClear(IkeHeader header, byte[] datagram) {
        int first = IkeHeader.firstPayload(datagram);
        boolean isClear = first == PayloadType.NOTIFY.code() || first == PayloadType.VENDOR_ID.code();
        return isClear && header.exchange().filter(ExchangeType::isProtected).isPresent();
    }

    /**
     * Reads a whole datagram. Octets after the last payload are ignored, except after an encrypted one, which ends the
     * message (RFC 7296 3.14).
     *
     * @param datagram without the non-ESP marker; not changed and not kept
     */
    public static Decoded read(byte[] datagram) {
        if (datagram.length < IkeHeader.LENGTH) {
            return new Decoded.Dropped(DropCause.TOO_SHORT, datagram.length + " octets");
        }
        IkeHeader header = IkeHeader.read(datagram);
        Decoded refused = refuseByHeader(header, datagram);
        if (refused != null) {
            return refused;
        }
        try {
            return accept(header, readPayloads(header, datagram));
        } catch (MalformedException e) {
            return new Decoded.Dropped(DropCause.MALFORMED, e.detail());
        }
    }

    /**
     * Reads what an SK payload, or the SKF payloads together, carried.
     *
     * @param firstType {@link EncryptedPayload#firstInner()}
     * @param plain decrypted, without padding; not changed and not kept
     */
    public static DecodedChain readChain(int firstType, byte[] plain) {
        try {
            PayloadReader in = new PayloadReader(plain, 0, plain.length);
            List<Payload> payloads = PayloadChain.read(firstType, in, type -> true);
            in.requireEnd();
            UnknownPayload critical = PayloadChain.firstCritical(payloads);
            if (critical != null) {
                return new DecodedChain.Refused(critical.unsupported(), critical.complaint());
            }
            if (PayloadChain.isEncrypted(payloads)) {
                throw new MalformedException("an encrypted payload inside an encrypted one");
            }
            return new DecodedChain.Payloads(payloads);
        } catch (MalformedException e) {
            return new DecodedChain.Refused(NotifyPayload.of(NotifyType.INVALID_SYNTAX), e.detail());
        }
    }

    private static @Nullable Decoded refuseByHeader(IkeHeader header, byte[] datagram) {
        if (header.majorVersion() < MAJOR_VERSION) {
            return new Decoded.Dropped(DropCause.LOWER_MAJOR_VERSION, "major version " + header.majorVersion());
        }
        long length = IkeHeader.length(datagram);
        if (length != datagram.length) {
            String detail = "the header says " + length + " octets, the datagram has " + datagram.length;
            return new Decoded.Dropped(DropCause.LENGTH_MISMATCH, detail);
        }
        if (header.majorVersion() > MAJOR_VERSION) {
            // RFC 7296 1.5 and 2.5: the version we speak is in the header of the answer.
            String detail = "major version " + header.majorVersion();
            return header.response()
                    ? new Decoded.Dropped(DropCause.HIGHER_MAJOR_VERSION, detail)
                    : new Decoded.Answered(header, NotifyPayload.of(NotifyType.INVALID_MAJOR_VERSION), detail);
        }
        return null;
    }

    private static List<Payload> readPayloads(IkeHeader header, byte[] datagram) throws MalformedException {
        PayloadReader in = new PayloadReader(datagram, IkeHeader.LENGTH, datagram.length);
        List<Payload> payloads = isInClear(header)
                ? PayloadChain.read(IkeHeader.firstPayload(datagram), in, type -> true)
                : PayloadChain.read(IkeHeader.firstPayload(datagram), in, MessageReader::isReadInClear);
        if (PayloadChain.isEncrypted(payloads)) {
            in.requireEnd();
        }
        return payloads;
    }

    private static boolean isInClear(IkeHeader header) {
        Optional<ExchangeType> exchange = header.exchange();
        return exchange.isPresent() && !exchange.get().isProtected();
    }

    private static boolean isReadInClear(PayloadType type) {
        return switch (type) {
            case NOTIFY, VENDOR_ID, SK, SKF -> true;
            default -> false;
        };
    }

    private static Decoded accept(IkeHeader header, List<Payload> payloads) {
        UnknownPayload critical = PayloadChain.firstCritical(payloads);
        if (critical == null || PayloadChain.isEncrypted(payloads)) {
            // Before an SK payload it may only be answered once the check value is verified: MessageRules finds it.
            return new Decoded.Accepted(new IkeMessage(header, payloads));
        }
        return isInClear(header) && !header.response()
                ? new Decoded.Answered(header, critical.unsupported(), critical.complaint())
                : new Decoded.Dropped(DropCause.UNSUPPORTED_CRITICAL_PAYLOAD, critical.complaint());
    }
}
