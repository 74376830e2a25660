package org.ikebana.ike.eap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * EAP-MSCHAPv2 of the side that knows all passwords (draft-kamath-pppext-eap-mschapv2, RFC 2759). A user that it does not know
 * gets the same answers after the same work as one with a wrong password, whom it asks no second time.
 */
public final class MsChapV2Server implements ServerMethod {
    /** RFC 2759 6: ERROR_AUTHENTICATION_FAILURE, and no retry. */
    private static final String REFUSAL = "E=691 R=0 C=%s V=3 M=Authentication failed";

    private final Identity user;
    private final Optional<EapSecret> known;
    private final Secret ntHash;
    private final Octets ownName;
    private final byte[] challenge = new byte[MsChapV2.CHALLENGE_LENGTH];
    private final int id;
    private byte @Nullable [] proof;
    private @Nullable String refusal;

    /**
     * @param user whom the peer says it is
     * @param known his secret, if there is one
     */
    public MsChapV2Server(Identity user, Optional<EapSecret> known, Identity own, SecureRandom random) {
        this.user = user;
        this.known = known;
        this.ntHash = known.map(MsChapV2Secrets::ntHash).orElseGet(() -> nobodys(random));
        this.ownName = EapName.toWire(own);
        random.nextBytes(challenge);
        this.id = random.nextInt(256);
    }

    @Override
    public Octets begin() {
        return new MsChapV2Packet.Challenge(id, challenge, ownName).encode();
    }

    @Override
    public Verdict judge(Octets response) throws EapException {
        if (refusal != null) {
            throw new EapException(refusal);
        }
        MsChapV2Packet packet = MsChapV2Packet.decode(response)
                .orElseThrow(() -> new EapException("the peer sent a malformed EAP-MSCHAPv2 response"));
        if (packet instanceof MsChapV2Packet.Response r && proof == null && r.id() == id) {
            return judge(r);
        }
        if (packet instanceof MsChapV2Packet.Notice notice && notice.isSuccess() && proof != null) {
            return new Verdict.Proved(MsChapV2.msk(ntHash, proof), Optional.empty());
        }
        throw new EapException("the peer " + user + " gives up EAP-MSCHAPv2"
                + (proof == null ? "" : ": it does not believe that we know its password"));
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public void close() {
        ntHash.close();
    }

    private Verdict judge(MsChapV2Packet.Response response) {
        byte[] name = MsChapV2Secrets.withoutDomain(response.name());
        byte[] expected = MsChapV2.ntResponse(challenge, response.peerChallenge(), name, ntHash);
        String answer = MsChapV2.authenticatorResponse(ntHash, expected, response.peerChallenge(), challenge, name);
        boolean isRight = MessageDigest.isEqual(expected, response.ntResponse());
        boolean isSameUser = EapName.of(response.name()).equals(user);
        if (isRight && isSameUser && known.isPresent()) {
            proof = expected;
            return new Verdict.Ask(new MsChapV2Packet.Result(true, id, answer + " M=Welcome").encode());
        }
        refusal = reason(isSameUser, EapName.of(response.name()));
        String message = String.format(REFUSAL, HexFormat.of().withUpperCase().formatHex(challenge));
        return new Verdict.Ask(new MsChapV2Packet.Result(false, id, message).encode());
    }

    private String reason(boolean isSameUser, Identity named) {
        if (known.isEmpty()) {
            return "there is no password for " + user + " by EAP-MSCHAPv2; add a secrets.eap section with its id";
        }
        return isSameUser
                ? "the password of " + user + " is not the one in secrets."
                        + known.get().name() + ": the two sides have different ones"
                : "the peer is " + user + " to IKE, and " + named
                        + " to EAP-MSCHAPv2; set eap_id = %any in the section remote to ask for its EAP identity";
    }

    /** A hash that no password has but by chance. */
    private static Secret nobodys(SecureRandom random) {
        byte[] hash = new byte[MsChapV2.NT_HASH_LENGTH];
        random.nextBytes(hash);
        try (Secret password = Secret.wrap(HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII))) {
            return MsChapV2.ntHash(password);
        }
    }
}
