package org.ikebana.ike.eap;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TrustPath;
import org.jspecify.annotations.Nullable;

/** The conversation of the side that is authenticated (RFC 3748 2): answers what the server asks. */
public final class EapPeer implements AutoCloseable {
    /** Requests that are answered; EAP-TLS needs most, two for a fragment. */
    public static final int MAX_REQUESTS = 100;

    private final Identity identity;
    private final List<EapMethod> methods;
    private final Opener opener;
    private @Nullable PeerMethod current;
    private int currentType;
    private int requests;

    /** Begins a method. */
    @FunctionalInterface
    public interface Opener {
        /** @throws EapException where something for it is missing */
        PeerMethod open(EapMethod method, Identity name) throws EapException;
    }

    /** What comes of a packet. */
    public sealed interface Step {
        /** Goes back. */
        record Answer(Octets packet) implements Step {}

        /**
         * @param msk the receiver's to close
         * @param path to the certificate by which the server has proved itself, which may yet be revoked; empty where there is none
         */
        record Succeeded(Secret msk, Optional<TrustPath> path) implements Step {}
    }

    /** @param methods that it may be done by, what we like best first */
    public EapPeer(Identity identity, List<EapMethod> methods, Opener opener) {
        this.identity = identity;
        this.methods = List.copyOf(methods);
        this.opener = opener;
    }

    /** @throws EapException when it has failed, with why */
    public Step on(Octets octets) throws EapException {
        EapPacket packet =
                EapPacket.decode(octets).orElseThrow(() -> new EapException("the peer sent a malformed EAP packet"));
        return switch (packet) {
            case EapPacket.Request request -> new Step.Answer(answer(request).encode());
            case EapPacket.Success success -> succeed();
            case EapPacket.Failure failure -> throw new EapException(refusal());
            case EapPacket.Response response ->
                throw new EapException("the peer sent an EAP response, though it is the one that asks");
        };
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }

    private EapPacket.Response answer(EapPacket.Request request) throws EapException {
        if (++requests > MAX_REQUESTS) {
            throw new EapException("EAP has not come to an end after " + MAX_REQUESTS + " requests of the peer");
        }
        return switch (request.type()) {
            case EapType.IDENTITY -> reply(request, EapName.toWire(identity));
            case EapType.NOTIFICATION -> reply(request, Octets.EMPTY);
            default -> method(request);
        };
    }

    private EapPacket.Response method(EapPacket.Request request) throws EapException {
        if (current == null) {
            Optional<EapMethod> wanted = EapMethod.ofType(request.type()).filter(methods::contains);
            if (wanted.isEmpty()) {
                return new EapPacket.Response(request.identifier(), EapType.NAK, types());
            }
            current = opener.open(wanted.get(), identity);
            currentType = request.type();
        } else if (request.type() != currentType) {
            throw new EapException("the peer changes the EAP method in the middle of one (RFC 3748 2.1)");
        }
        return reply(request, current.answer(request.data()));
    }

    /** What we would rather have (RFC 3748 5.3.1). */
    private Octets types() {
        byte[] types = new byte[methods.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = (byte) methods.get(i).type();
        }
        return Octets.wrap(types);
    }

    /** Not before the method has come to its end: else the server would get round it (RFC 3748 4.2). */
    private Step succeed() throws EapException {
        if (current == null || !current.isDone()) {
            throw new EapException(Optional.ofNullable(current)
                    .flatMap(PeerMethod::fault)
                    .orElse("the peer says EAP-Success before it has proved itself"));
        }
        return new Step.Succeeded(current.msk(), current.path());
    }

    private String refusal() {
        return Optional.ofNullable(current)
                .flatMap(PeerMethod::fault)
                .orElseGet(() -> current == null
                        ? "the peer refuses EAP for " + identity + " by none of the methods " + methods
                                + " that local.auth allows; compare the methods of both sides"
                        : "the peer refuses " + identity + " with EAP-Failure; see its log");
    }

    private static EapPacket.Response reply(EapPacket.Request request, Octets data) {
        return new EapPacket.Response(request.identifier(), request.type(), data);
    }
}
