package org.ikebana.ike.eap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TrustPath;
import org.jspecify.annotations.Nullable;

/** The conversation of the side that asks for authentication (RFC 3748 2), and ends it here: no RADIUS server is behind it. */
public final class EapServer implements AutoCloseable {
    /** Responses that are looked at; EAP-TLS needs most, two for a fragment. */
    public static final int MAX_RESPONSES = 100;

    private static final int MAX_TYPES_SHOWN = 8;

    private final Deque<EapMethod> offers;
    private final Optional<Identity> asked;
    private final Opener opener;
    private Identity name;
    private int identifier;
    private int responses;
    private int askedType;
    private boolean mayRefuse;
    private @Nullable ServerMethod current;

    /** Begins a method. */
    @FunctionalInterface
    public interface Opener {
        /** @throws EapException where something for it is missing */
        ServerMethod open(EapMethod method, Identity name) throws EapException;
    }

    /** What comes of a packet; it goes to the peer. */
    public sealed interface Step {
        Octets packet();

        record Ask(Octets packet) implements Step {}

        /**
         * @param msk the receiver's to close
         * @param name whom the method has authenticated
         * @param path to the certificate by which it has, which may yet be revoked; empty where there is none
         */
        record Succeeded(Octets packet, Secret msk, Identity name, Optional<TrustPath> path) implements Step {}

        /** @param reason a sentence for people on this side */
        record Failed(Octets packet, String reason) implements Step {}
    }

    /**
     * @param methods to propose, in this order
     * @param asked what the peer's EAP identity must match, which it is asked for; empty to take its identity in IKE
     * @param inIke its identity in IKE
     * @param first identifier of the first request
     */
    public EapServer(List<EapMethod> methods, Optional<Identity> asked, Identity inIke, int first, Opener opener) {
        this.offers = new ArrayDeque<>(methods);
        this.asked = asked;
        this.name = inIke;
        this.identifier = first & 0xff;
        this.opener = opener;
    }

    /** The first packet. */
    public Step begin() {
        try {
            return asked.isPresent() ? ask(EapType.IDENTITY, Octets.EMPTY) : propose();
        } catch (EapException e) {
            return failed(e);
        }
    }

    public Step on(Octets octets) {
        try {
            if (++responses > MAX_RESPONSES) {
                throw new EapException("EAP has not come to an end after " + MAX_RESPONSES + " responses of the peer");
            }
            return EapPacket.decode(octets).orElse(null) instanceof EapPacket.Response response
                            && response.identifier() == identifier
                    ? on(response)
                    : failed(new EapException("the peer sent no EAP response to our request"));
        } catch (EapException e) {
            return failed(e);
        }
    }

    /** Why the peer will not be taken, where it is known before the peer hears of it; some then just go. */
    public Optional<String> fault() {
        return Optional.ofNullable(current).flatMap(ServerMethod::fault);
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private Step on(EapPacket.Response response) throws EapException {
        boolean isRefusal = response.type() == EapType.NAK && mayRefuse;
        mayRefuse = false;
        if (isRefusal) {
            return proposeAnother(response.data());
        }
        if (response.type() != askedType) {
            throw new EapException(
                    "the peer answers an EAP request of type " + askedType + " by one of type " + response.type());
        }
        return current == null ? identified(response.data()) : judge(current, response.data());
    }

    private Step identified(Octets data) throws EapException {
        name = EapName.of(data);
        if (asked.filter(name::matches).isEmpty()) {
            throw new EapException("the peer's EAP identity is " + name + ", the configuration wants "
                    + asked.map(Identity::toString).orElse(""));
        }
        return propose();
    }

    private Step judge(ServerMethod method, Octets data) throws EapException {
        return switch (method.judge(data)) {
            case ServerMethod.Verdict.Ask next -> ask(askedType, next.request());
            case ServerMethod.Verdict.Proved proved ->
                new Step.Succeeded(new EapPacket.Success(identifier).encode(), proved.msk(), name, proved.path());
        };
    }

    private Step propose() throws EapException {
        EapMethod method = offers.element();
        ServerMethod opened = opener.open(method, name);
        current = opened;
        mayRefuse = true; // only before it has begun with it (RFC 3748 5.3.1)
        return ask(method.type(), opened.begin());
    }

    private Step proposeAnother(Octets wanted) throws EapException {
        EapMethod refused = offers.remove();
        close();
        offers.removeIf(method -> !isIn(wanted, method));
        if (offers.isEmpty()) {
            throw new EapException("the peer does not do " + refused + ", but EAP methods of types " + list(wanted)
                    + ", which remote.auth does not allow; compare auth of both sides");
        }
        return propose();
    }

    private Step ask(int type, Octets data) {
        identifier = identifier + 1 & 0xff;
        askedType = type;
        return new Step.Ask(new EapPacket.Request(identifier, type, data).encode());
    }

    private Step failed(EapException reason) {
        return new Step.Failed(new EapPacket.Failure(identifier).encode(), reason.sentence());
    }

    private static boolean isIn(Octets types, EapMethod method) {
        return IntStream.range(0, types.length()).anyMatch(i -> types.at(i) == method.type());
    }

    private static String list(Octets types) {
        return IntStream.range(0, Math.min(types.length(), MAX_TYPES_SHOWN))
                .mapToObj(i -> Integer.toString(types.at(i)))
                .collect(Collectors.joining(", "));
    }
}
