package org.ikebana.ike.task;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.Octets;

/**
 * One announcement of a SUPPORTED_AUTH_METHODS notify (RFC 9593 3.2): an octet of length, which counts itself, an octet of
 * method, and with public keys an octet that links a CA, then perhaps an AlgorithmIdentifier.
 *
 * @param method {@link AuthMethod}
 * @param details what follows the method, of at most 253 octets
 */
public record AuthAnnouncement(int method, Octets details) {
    /** The link to no CA in particular. */
    static final int ANY_AUTHORITY = 0;

    static final int MAX_LINK = 255;

    private static final int HEAD = 2;
    private static final int MAX_LENGTH = 255;

    /** A peer's further announcements are not looked at. */
    private static final int MOST = 256;

    public AuthAnnouncement {
        if (HEAD + details.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an announcement of " + details.length() + " octets and a head");
        }
    }

    /** Of a method without public keys (RFC 9593 3.2.1). */
    static AuthAnnouncement of(int method) {
        return new AuthAnnouncement(method, Octets.EMPTY);
    }

    /** Of a method that names no algorithm (RFC 9593 3.2.2). */
    static AuthAnnouncement of(int method, int link) {
        return new AuthAnnouncement(method, Octets.copyOf((byte) link));
    }

    /** Of {@link AuthMethod#DIGITAL_SIGNATURE} (RFC 9593 3.2.3). */
    static AuthAnnouncement digital(int link, Octets algorithmIdentifier) {
        byte[] details = new byte[1 + algorithmIdentifier.length()];
        details[0] = (byte) link;
        algorithmIdentifier.copyTo(details, 1);
        return new AuthAnnouncement(AuthMethod.DIGITAL_SIGNATURE, Octets.wrap(details));
    }

    /** Number of a CA in the CERTREQ payloads beside it, from 1 on, or {@link #ANY_AUTHORITY}. */
    int link() {
        return details.isEmpty() ? ANY_AUTHORITY : details.at(0);
    }

    /** In DER; empty where none is named. */
    Octets algorithmIdentifier() {
        return details.isEmpty() ? Octets.EMPTY : details.slice(1, details.length());
    }

    /** Empty for what is no list of announcements. */
    static Optional<List<AuthAnnouncement>> decode(Octets data) {
        List<AuthAnnouncement> announcements = new ArrayList<>();
        int at = 0;
        while (at < data.length() && announcements.size() < MOST) {
            int length = data.at(at);
            if (length < HEAD || at + length > data.length()) {
                return Optional.empty();
            }
            announcements.add(new AuthAnnouncement(data.at(at + 1), data.slice(at + HEAD, at + length)));
            at += length;
        }
        return Optional.of(List.copyOf(announcements));
    }

    static Octets encode(List<AuthAnnouncement> announcements) {
        int length = announcements.stream().mapToInt(AuthAnnouncement::length).sum();
        ByteBuffer data = ByteBuffer.allocate(length);
        for (AuthAnnouncement announcement : announcements) {
            data.put((byte) announcement.length()).put((byte) announcement.method);
            announcement.details.writeTo(data);
        }
        return Octets.wrap(data.array());
    }

    private int length() {
        return HEAD + details.length();
    }
}
