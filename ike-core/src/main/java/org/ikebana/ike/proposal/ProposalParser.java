package org.ikebana.ike.proposal;

import static org.ikebana.ike.wire.TransformType.ENCR;
import static org.ikebana.ike.wire.TransformType.ESN;
import static org.ikebana.ike.wire.TransformType.INTEG;
import static org.ikebana.ike.wire.TransformType.KE;
import static org.ikebana.ike.wire.TransformType.PRF;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.PrfId;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformType;

/** Reads one proposal and sees to it that its protocol can do with it. */
final class ProposalParser {
    private final int protocol;
    private final String text;
    private final int offset;
    /** In the order of the text; a repeated word counts once. */
    private final Map<Transform, Token> found = new LinkedHashMap<>();

    /** @param offset where {@code text} stands in what the user wrote */
    ProposalParser(int protocol, String text, int offset) {
        this.protocol = protocol;
        this.text = text;
        this.offset = offset;
    }

    Proposal parse() throws ProposalSyntaxException {
        int start = 0;
        for (String part : text.split("-", -1)) {
            read(part, start);
            start += part.length() + 1;
        }
        switch (protocol) {
            case ProtocolId.IKE -> completeIke();
            case ProtocolId.ESP -> completeEsp();
            case ProtocolId.AH -> completeAh();
            default -> throw new IllegalArgumentException("no proposals for protocol " + protocol);
        }
        List<Transform> transforms = new ArrayList<>(found.size());
        for (TransformType type : ProposalSyntax.ORDER) {
            transforms.addAll(of(type));
        }
        return new Proposal(protocol, transforms);
    }

    private void read(String part, int start) throws ProposalSyntaxException {
        String word = part.strip().toLowerCase(Locale.ROOT);
        Token token = new Token(part.strip(), offset + start + part.indexOf(part.strip()));
        if (word.isEmpty()) {
            throw token.error(text.isBlank() ? "an empty proposal" : "an algorithm is missing between the dashes");
        }
        Optional<String> objection = Keywords.objection(word);
        if (objection.isPresent()) {
            throw token.error("'" + token.word() + "' " + objection.get());
        }
        Optional<Transform> transform = Keywords.find(word);
        if (transform.isEmpty()) {
            Optional<String> nearest = Keywords.nearest(word);
            throw new ProposalSyntaxException(
                    "'" + token.word() + "' is no algorithm"
                            + nearest.map(n -> "; did you mean '" + n + "'?").orElse(""),
                    token.word(),
                    token.index(),
                    nearest);
        }
        found.putIfAbsent(transform.get(), token);
    }

    private void completeIke() throws ProposalSyntaxException {
        refuse(t -> t.type() == ESN, "is for ESP and AH; take it out of the IKE proposal");
        refuse(
                t -> t.type() == ENCR && (t.id() == EncrId.NULL || t.id() == EncrId.NULL_AUTH_AES_GMAC),
                "does not encrypt and is for ESP alone (RFC 7296 5, RFC 4543)");
        if (of(PRF).isEmpty()) {
            of(INTEG).forEach(integrity -> found.put(prfOf(integrity), tokenOf(integrity)));
        }
        found.keySet().removeIf(t -> t.isNone() && !t.isAdditionalKeyExchange());
        demandCipher();
        if (of(PRF).isEmpty()) {
            throw incomplete("a PRF is missing; add one such as 'prfsha256'");
        }
        if (of(KE).isEmpty()) {
            throw incomplete("a key exchange is missing; add one such as 'curve25519'");
        }
    }

    private void completeEsp() throws ProposalSyntaxException {
        found.keySet().removeIf(t -> t.type() == PRF);
        demandFirstKeyExchange();
        demandCipher();
        defaultToShortSequenceNumbers();
    }

    private void completeAh() throws ProposalSyntaxException {
        refuse(t -> t.type() == ENCR, "encrypts, which AH cannot; take it out or use esp_proposals");
        demandFirstKeyExchange();
        found.keySet().removeIf(t -> t.type() == PRF);
        if (of(INTEG).isEmpty()) {
            throw incomplete("an integrity algorithm is missing; add one such as 'sha256'");
        }
        defaultToShortSequenceNumbers();
    }

    /** Ciphers of one kind, and integrity algorithms just where the cipher needs them (RFC 7296 3.3, RFC 5282 8). */
    private void demandCipher() throws ProposalSyntaxException {
        List<Transform> ciphers = of(ENCR);
        if (ciphers.isEmpty()) {
            throw incomplete("an encryption algorithm is missing; add one such as 'aes256gcm16'");
        }
        boolean aead = ciphers.getFirst().isAead();
        refuse(
                t -> t.type() == ENCR && t.isAead() != aead,
                "cannot share a proposal with '" + ciphers.getFirst() + "': only one of them has integrity built in;"
                        + " write two proposals, separated by a comma");
        if (aead) {
            found.keySet().removeIf(t -> t.type() == INTEG);
        } else if (of(INTEG).isEmpty()) {
            throw incomplete("'" + ciphers.getFirst() + "' needs an integrity algorithm; add one such as 'sha256'");
        }
    }

    private void demandFirstKeyExchange() throws ProposalSyntaxException {
        if (of(KE).isEmpty()) {
            refuse(
                    Transform::isAdditionalKeyExchange,
                    "is an additional key exchange, but there is no first one; add one such as 'curve25519'");
        }
    }

    private void defaultToShortSequenceNumbers() {
        if (of(ESN).isEmpty()) {
            found.put(Transform.of(ESN, 0), new Token(text, offset));
        }
    }

    private void refuse(Predicate<Transform> unwanted, String why) throws ProposalSyntaxException {
        for (Map.Entry<Transform, Token> entry : found.entrySet()) {
            if (unwanted.test(entry.getKey())) {
                throw entry.getValue().error("'" + entry.getValue().word() + "' " + why);
            }
        }
    }

    private List<Transform> of(TransformType type) {
        return Proposal.ofType(type, found.keySet());
    }

    private Token tokenOf(Transform transform) {
        return found.getOrDefault(transform, new Token(text, offset));
    }

    private ProposalSyntaxException incomplete(String why) {
        return new Token(text.strip(), offset + text.indexOf(text.strip())).error("'" + text.strip() + "': " + why);
    }

    /** The PRF built on the same function, as strongSwan takes it. */
    private static Transform prfOf(Transform integrity) {
        return Transform.of(
                PRF,
                switch (integrity.id()) {
                    case IntegId.HMAC_MD5_96, IntegId.HMAC_MD5_128 -> PrfId.HMAC_MD5;
                    case IntegId.HMAC_SHA1_96, IntegId.HMAC_SHA1_160 -> PrfId.HMAC_SHA1;
                    case IntegId.HMAC_SHA2_256_128 -> PrfId.HMAC_SHA2_256;
                    case IntegId.HMAC_SHA2_384_192 -> PrfId.HMAC_SHA2_384;
                    case IntegId.HMAC_SHA2_512_256 -> PrfId.HMAC_SHA2_512;
                    case IntegId.AES_XCBC_96 -> PrfId.AES128_XCBC;
                    case IntegId.AES_CMAC_96 -> PrfId.AES128_CMAC;
                    default -> throw new AssertionError("no PRF beside " + integrity);
                });
    }

    private record Token(String word, int index) {
        ProposalSyntaxException error(String message) {
            return new ProposalSyntaxException(message, word, index, Optional.empty());
        }
    }
}
