package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ikebana.ike.crypto.AlgorithmIdentifiers;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;

/**
 * How a peer says that it can be convinced (RFC 9593).
 *
 * @param isSaid false where it has said nothing, so that anything may be tried
 * @param methods in its order
 * @param others how many more it has named, which are not known here
 */
public record AnnouncedMethods(boolean isSaid, List<AcceptedMethod> methods, int others) {
    public static final AnnouncedMethods NONE = new AnnouncedMethods(false, List.of(), 0);

    /** Those after it are not told to people. */
    private static final int MOST_TOLD = 20;

    public AnnouncedMethods {
        methods = List.copyOf(methods);
    }

    /**
     * What a message says. A notify that is malformed says nothing, as it is no more than advice.
     *
     * @param authorities of the peer's CERTREQ payloads, which announcements link by number
     */
    static AnnouncedMethods in(InboundMessage message, List<Octets> authorities) {
        List<AuthAnnouncement> announcements = new ArrayList<>();
        for (NotifyPayload notify : message.all(NotifyPayload.class)) {
            if (notify.notifyType() == NotifyType.SUPPORTED_AUTH_METHODS) {
                Optional<List<AuthAnnouncement>> more = AuthAnnouncement.decode(notify.data());
                if (more.isEmpty()) {
                    return NONE;
                }
                announcements.addAll(more.get());
            }
        }
        List<AcceptedMethod> known = announcements.stream()
                .flatMap(each -> accepted(each, authorities).stream())
                .toList();
        int others = announcements.size() - known.size();
        return announcements.isEmpty()
                ? NONE
                : new AnnouncedMethods(true, known.stream().distinct().toList(), others);
    }

    boolean acceptSharedKey() {
        return !isSaid || methods.stream().anyMatch(accepted -> accepted.method() == AuthMethod.SHARED_KEY_MIC);
    }

    boolean accept(SignatureChoice way) {
        return !isSaid || methods.stream().anyMatch(accepted -> accepted.covers(way));
    }

    /** Empty for an algorithm or a CA that is not known here. */
    private static Optional<AcceptedMethod> accepted(AuthAnnouncement announcement, List<Octets> authorities) {
        Optional<SignatureScheme> scheme = Optional.empty();
        if (!announcement.algorithmIdentifier().isEmpty()) {
            scheme = AlgorithmIdentifiers.decode(announcement.algorithmIdentifier());
            if (scheme.isEmpty()) {
                return Optional.empty();
            }
        }
        int link = authorities.isEmpty() ? AuthAnnouncement.ANY_AUTHORITY : announcement.link(); // RFC 9593 3.2.2
        if (link > authorities.size()) {
            return Optional.empty();
        }
        Optional<Octets> authority =
                link == AuthAnnouncement.ANY_AUTHORITY ? Optional.empty() : Optional.of(authorities.get(link - 1));
        return Optional.of(new AcceptedMethod(announcement.method(), scheme, authority));
    }

    /** For people: {@code ecdsa-sha256, ed25519 under the CA of key 0011…, and 2 not known here}. */
    @Override
    public String toString() {
        Map<Optional<Octets>, List<AcceptedMethod>> byAuthority = new LinkedHashMap<>();
        methods.stream()
                .limit(MOST_TOLD)
                .forEach(method -> byAuthority
                        .computeIfAbsent(method.authority(), authority -> new ArrayList<>())
                        .add(method));
        List<String> parts = new ArrayList<>();
        byAuthority.forEach((authority, some) ->
                parts.add(some.stream().map(AcceptedMethod::toString).collect(Collectors.joining(", "))
                        + authority.map(hash -> " under the CA of key " + hash).orElse("")));
        int untold = Math.max(0, methods.size() - MOST_TOLD);
        if (untold > 0) {
            parts.add("and " + untold + " more");
        }
        if (others > 0) {
            parts.add((parts.isEmpty() ? "" : "and ") + others + " not known here");
        }
        return String.join(", ", parts);
    }
}
