package org.ikebana.ike.eap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/**
 * Cuts TLS messages into what EAP packets carry, and puts them together again (RFC 5216 2.1.5, 3.1): an octet of flags, perhaps
 * four of the whole length, and data. A fragment that is not the last is answered by an empty packet.
 */
final class TlsFragments {
    /** Octets of data that a packet gets. */
    static final int FRAGMENT_LENGTH = 1024;

    /** Of a peer's message, that is a flight of TLS with its certificates, in octets. */
    static final int MAX_MESSAGE = 65_536;

    static final int START = 0x20;

    private static final int LENGTH_INCLUDED = 0x80;
    private static final int MORE_FRAGMENTS = 0x40;
    private static final int LENGTH_FIELD = 4;

    private final ByteArrayOutputStream in = new ByteArrayOutputStream();
    private byte[] out = {};
    private int sent;

    /** Whether there is more to send, for which the other side has to send an empty packet. */
    boolean hasMore() {
        return sent < out.length;
    }

    /** An empty packet: to go on, or that all has come. */
    static Octets acknowledgement() {
        return Octets.copyOf((byte) 0);
    }

    static boolean isAcknowledgement(Octets data) {
        return data.length() == 1 && data.at(0) == 0;
    }

    /** The first packet of a message; without one an acknowledgement. */
    Octets send(byte[] message) {
        out = message;
        sent = 0;
        return message.length == 0 ? acknowledgement() : next();
    }

    Octets next() {
        boolean isFirst = sent == 0;
        int length = Math.min(FRAGMENT_LENGTH, out.length - sent);
        boolean isLast = sent + length == out.length;
        boolean tellsLength = isFirst && !isLast;
        int flags = (tellsLength ? LENGTH_INCLUDED : 0) | (isLast ? 0 : MORE_FRAGMENTS);
        ByteBuffer data = ByteBuffer.allocate(1 + (tellsLength ? LENGTH_FIELD : 0) + length)
                .put((byte) flags);
        if (tellsLength) {
            data.putInt(out.length);
        }
        data.put(out, sent, length);
        sent += length;
        return Octets.wrap(data.array());
    }

    /** The message that this packet completes; empty where more of it must come. */
    Optional<byte[]> receive(Octets data) throws EapException {
        if (data.isEmpty()) {
            throw new EapException("the peer sent an EAP-TLS packet without flags");
        }
        int flags = data.at(0);
        int from = 1;
        if ((flags & LENGTH_INCLUDED) != 0) {
            from += LENGTH_FIELD;
            if (data.length() < from) {
                throw new EapException("the peer sent an EAP-TLS packet that lacks its length");
            }
            long length = Integer.toUnsignedLong(data.slice(1, from).toInt());
            if (length > MAX_MESSAGE) {
                throw tooLong();
            }
        }
        if (in.size() + data.length() - from > MAX_MESSAGE) {
            throw tooLong();
        }
        in.writeBytes(data.slice(from, data.length()).toByteArray());
        if ((flags & MORE_FRAGMENTS) != 0) {
            return Optional.empty();
        }
        byte[] message = in.toByteArray();
        in.reset();
        return Optional.of(message);
    }

    private static EapException tooLong() {
        return new EapException("the peer's EAP-TLS message is longer than " + MAX_MESSAGE + " octets");
    }
}
