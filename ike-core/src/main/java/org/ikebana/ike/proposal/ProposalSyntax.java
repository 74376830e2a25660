package org.ikebana.ike.proposal;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformType;

/**
 * strongSwan's way to write proposals: algorithms joined by dashes, proposals separated by commas, as
 * {@code aes256gcm16-prfsha384-ecp384, default}. Case does not matter.
 */
public final class ProposalSyntax {
    /** As many as can be numbered in an SA payload (RFC 7296 3.3.1). */
    public static final int MAX_PROPOSALS = 255;

    /** How the types are written, and how the transforms of a proposal are sorted. */
    static final List<TransformType> ORDER = List.of(
            TransformType.ENCR,
            TransformType.INTEG,
            TransformType.PRF,
            TransformType.KE,
            TransformType.ADDKE1,
            TransformType.ADDKE2,
            TransformType.ADDKE3,
            TransformType.ADDKE4,
            TransformType.ADDKE5,
            TransformType.ADDKE6,
            TransformType.ADDKE7,
            TransformType.ESN);

    private static final String DEFAULT = "default";
    private static final String GROUPS =
            "curve25519-ecp384-ecp256-ecp521-curve448-ecp512bp-ecp384bp-ecp256bp" + "-modp3072-modp4096-modp2048";
    private static final String PRFS = "prfsha384-prfsha256-prfsha512";
    private static final String AEADS = "aes256gcm16-aes128gcm16-chacha20poly1305-aes192gcm16";
    private static final String CBC_AND_HMAC = "aes256-aes128-aes192-sha384-sha256-sha512";

    private ProposalSyntax() {}

    /**
     * One proposal. An IKE proposal without a PRF takes those of its integrity algorithms, an ESP or AH proposal
     * without {@code esn} or {@code noesn} means {@code noesn}. As with strongSwan, integrity algorithms beside an
     * AEAD and PRFs for ESP and AH are left out of what results.
     *
     * @param protocol {@link ProtocolId}: IKE, ESP or AH
     */
    public static Proposal parse(int protocol, String text) throws ProposalSyntaxException {
        return new ProposalParser(protocol, text, 0).parse();
    }

    /** Proposals in order of preference; {@code default} stands for {@link #defaults}. */
    public static List<Proposal> parseList(int protocol, String commaSeparated) throws ProposalSyntaxException {
        List<Proposal> proposals = new ArrayList<>();
        int start = 0;
        for (String item : commaSeparated.split(",", -1)) {
            if (item.strip().equalsIgnoreCase(DEFAULT)) {
                proposals.addAll(defaults(protocol));
            } else {
                proposals.add(new ProposalParser(protocol, item, start).parse());
            }
            if (proposals.size() > MAX_PROPOSALS) {
                throw new ProposalSyntaxException(
                        "more than " + MAX_PROPOSALS + " proposals; leave some out", item, start, Optional.empty());
            }
            start += item.length() + 1;
        }
        return List.copyOf(proposals);
    }

    /**
     * What is safe and widely understood: AES-GCM and ChaCha20-Poly1305 first, AES-CBC with HMAC-SHA-2 for peers
     * without them (RFC 8247, RFC 8221). No SHA-1, MD5, 3DES, Camellia, nor groups below 2048 bits. ESP and AH are
     * without a key exchange of their own, as with strongSwan.
     */
    public static List<Proposal> defaults(int protocol) {
        return switch (protocol) {
            case ProtocolId.IKE -> Defaults.IKE;
            case ProtocolId.ESP -> Defaults.ESP;
            case ProtocolId.AH -> Defaults.AH;
            default -> throw new IllegalArgumentException("no proposals for protocol " + protocol);
        };
    }

    /** Back into the syntax, by type: cipher, integrity, PRF, key exchange, ESN. */
    static String print(List<Transform> transforms) {
        return ORDER.stream()
                .flatMap(type -> transforms.stream().filter(t -> t.type() == type))
                .map(Transform::toString)
                .collect(joining("-"));
    }

    /** Read once: every configuration begins with them. */
    private static final class Defaults {
        static final List<Proposal> IKE = List.of(
                known(ProtocolId.IKE, AEADS + "-" + PRFS + "-" + GROUPS),
                known(ProtocolId.IKE, CBC_AND_HMAC + "-" + PRFS + "-" + GROUPS));
        static final List<Proposal> ESP = List.of(known(ProtocolId.ESP, AEADS), known(ProtocolId.ESP, CBC_AND_HMAC));
        static final List<Proposal> AH = List.of(known(ProtocolId.AH, "sha384-sha256-sha512"));
    }

    private static Proposal known(int protocol, String text) {
        try {
            return parse(protocol, text);
        } catch (ProposalSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
