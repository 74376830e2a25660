package org.ikebana.simulation;

import java.util.List;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.proposal.ProposalSyntaxException;
import org.ikebana.ike.wire.ProtocolId;

/** What the two sites of a simulation propose: kinds of pairs, in each of which the two find a common suite. */
record Suites(List<Proposal> ike, List<Proposal> esp) {
    private static final List<Kind> KINDS = List.of(
            Kind.same("aes128gcm16-prfsha256-x25519", "aes128gcm16"),
            Kind.same("aes128gcm16-prfsha256-x25519", "aes128gcm16-x25519"),
            Kind.same("aes128-sha256-ecp256", "aes128-sha256-ecp256"),
            Kind.same("aes128gcm16-prfsha256-x25519-ke1_mlkem512-ke2_ecp256", "aes128gcm16-x25519-ke1_mlkem512"),
            Kind.same("aes256gcm16-prfsha384-x25519-ke1_mlkem768", "chacha20poly1305"),
            // each guesses another group than the peer takes (RFC 7296 1.2, 1.3)
            new Kind(
                    of("aes128gcm16-prfsha256-x25519-ecp256", "aes128gcm16-x25519-ecp256"),
                    of("aes128gcm16-prfsha256-ecp256", "aes128gcm16-ecp256")),
            new Kind(
                    of("aes128gcm16-prfsha256-ecp256-x25519", "aes128gcm16-ecp256-x25519"),
                    of("aes128gcm16-prfsha256-ecp384-x25519", "aes128gcm16-ecp384-x25519")),
            // only one of the two has an additional key exchange, and does without (RFC 9370 2.2.2)
            new Kind(
                    of(
                            "aes128gcm16-prfsha256-x25519-ke1_mlkem512,aes128gcm16-prfsha256-x25519",
                            "aes128gcm16-x25519-ke1_mlkem512,aes128gcm16-x25519"),
                    of("aes128gcm16-prfsha256-x25519", "aes128gcm16-x25519")));

    private static final Suites ALIEN = of("aes192gcm16-prfsha512-ecp521", "aes192gcm16");

    private record Kind(Suites west, Suites east) {
        static Kind same(String ike, String esp) {
            Suites both = of(ike, esp);
            return new Kind(both, both);
        }
    }

    /** @param kind any number */
    static Suites of(long kind, boolean west) {
        Kind found = KINDS.get((int) Math.floorMod(kind, (long) KINDS.size()));
        return west ? found.west : found.east;
    }

    /** Which nobody else has. */
    static Suites alien() {
        return ALIEN;
    }

    private static Suites of(String ike, String esp) {
        try {
            return new Suites(
                    ProposalSyntax.parseList(ProtocolId.IKE, ike), ProposalSyntax.parseList(ProtocolId.ESP, esp));
        } catch (ProposalSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
