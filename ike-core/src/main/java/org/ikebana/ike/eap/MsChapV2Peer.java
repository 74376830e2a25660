package org.ikebana.ike.eap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TrustPath;
import org.jspecify.annotations.Nullable;

/** EAP-MSCHAPv2 of the side that has a password (draft-kamath-pppext-eap-mschapv2, RFC 2759). */
public final class MsChapV2Peer implements PeerMethod {
    /** Where in the message of a server that has refused us the reason stands (RFC 2759 6). */
    private static final String CAUSE = "E=";

    private final Octets name;
    private final Secret ntHash;
    private final String secretName;
    private final SecureRandom random;
    private byte[] ntResponse = {};
    private String expected = "";
    private boolean isDone;
    private @Nullable String fault;

    public MsChapV2Peer(Identity user, EapSecret secret, SecureRandom random) {
        this.name = EapName.toWire(user);
        this.ntHash = MsChapV2Secrets.ntHash(secret);
        this.secretName = secret.name();
        this.random = random;
    }

    @Override
    public Octets answer(Octets request) throws EapException {
        MsChapV2Packet packet = MsChapV2Packet.decode(request)
                .orElseThrow(() -> new EapException("the peer sent a malformed EAP-MSCHAPv2 request"));
        if (packet instanceof MsChapV2Packet.Challenge challenge && expected.isEmpty()) {
            return respond(challenge);
        }
        if (packet instanceof MsChapV2Packet.Result result && !expected.isEmpty() && !isDone) {
            return take(result);
        }
        throw new EapException("the peer sent an EAP-MSCHAPv2 request out of turn");
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public Secret msk() {
        return MsChapV2.msk(ntHash, ntResponse);
    }

    @Override
    public Optional<TrustPath> path() {
        return Optional.empty();
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void close() {
        ntHash.close();
    }

    private Octets respond(MsChapV2Packet.Challenge challenge) {
        byte[] own = new byte[MsChapV2.CHALLENGE_LENGTH];
        random.nextBytes(own);
        byte[] user = MsChapV2Secrets.withoutDomain(name);
        ntResponse = MsChapV2.ntResponse(challenge.challenge(), own, user, ntHash);
        expected = MsChapV2.authenticatorResponse(ntHash, ntResponse, own, challenge.challenge(), user);
        return new MsChapV2Packet.Response(challenge.id(), own, ntResponse, name).encode();
    }

    private Octets take(MsChapV2Packet.Result result) throws EapException {
        if (!result.isSuccess()) {
            fault = "the peer refuses the password of secrets." + secretName + " by EAP-MSCHAPv2"
                    + code(result.message()) + "; compare it, and the user name, with those there";
            return new MsChapV2Packet.Notice(false).encode();
        }
        byte[] wanted = expected.getBytes(StandardCharsets.US_ASCII);
        byte[] said = result.message().getBytes(StandardCharsets.UTF_8);
        boolean isLongEnough = said.length >= wanted.length;
        if (!isLongEnough || !MessageDigest.isEqual(wanted, Arrays.copyOf(said, wanted.length))) {
            throw new EapException("the peer does not know the password of secrets." + secretName
                    + ", though it says that we do: it has not proved itself by EAP-MSCHAPv2");
        }
        isDone = true;
        return new MsChapV2Packet.Notice(true).encode();
    }

    /** The number of the cause alone: all else is the peer's to word. */
    private static String code(String message) {
        int at = message.indexOf(CAUSE);
        int end = at + CAUSE.length();
        while (at >= 0 && end < message.length() && Character.digit(message.charAt(end), 10) >= 0 && end < at + 8) {
            end++;
        }
        return at < 0 ? "" : " with error " + message.substring(at + CAUSE.length(), end);
    }
}
