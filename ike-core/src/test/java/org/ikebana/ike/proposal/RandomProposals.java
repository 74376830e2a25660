package org.ikebana.ike.proposal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.ikebana.ike.wire.ProtocolId;

/** Proposals in the syntax and out of it, from a seed. */
final class RandomProposals {
    private static final List<String> AEADS =
            List.of("aes128gcm16", "aes256gcm16", "aes192ccm8", "chacha20poly1305", "aes256gcm12");
    private static final List<String> CIPHERS =
            List.of("aes128", "aes192", "aes256", "3des", "camellia256", "aes128ctr");
    private static final List<String> INTEGRITIES = List.of("sha256", "sha384", "sha512", "sha1", "aesxcbc", "md5");
    private static final List<String> PRFS = List.of("prfsha256", "prfsha384", "prfsha512", "prfsha1", "prfaesxcbc");
    private static final List<String> GROUPS = List.of("curve25519", "ecp256", "ecp384", "modp2048", "modp3072");

    private final Random random;

    RandomProposals(long seed) {
        this.random = new Random(seed);
    }

    List<Proposal> several(int protocol) throws ProposalSyntaxException {
        List<Proposal> proposals = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            proposals.add(next(protocol));
        }
        return proposals;
    }

    Proposal next(int protocol) throws ProposalSyntaxException {
        List<String> words = new ArrayList<>();
        boolean aead = random.nextBoolean();
        if (protocol != ProtocolId.AH) {
            words.addAll(some(1, aead ? AEADS : CIPHERS));
        }
        if (protocol == ProtocolId.AH || !aead) {
            words.addAll(some(1, INTEGRITIES));
        }
        if (protocol == ProtocolId.IKE) {
            words.addAll(some(aead ? 1 : 0, PRFS));
            words.addAll(some(1, GROUPS));
        } else {
            words.addAll(some(0, List.of("modp2048", "none", "ecp256")));
            words.addAll(some(0, List.of("esn", "noesn")));
        }
        Collections.shuffle(words, random);
        return ProposalSyntax.parse(protocol, String.join("-", words));
    }

    /** Transforms of all kinds in one proposal, as only a peer would put them. */
    Proposal mixed(int protocol) {
        Set<String> words = new LinkedHashSet<>();
        for (List<String> kind : List.of(AEADS, CIPHERS, INTEGRITIES, PRFS, GROUPS)) {
            words.addAll(some(0, kind));
        }
        words.addAll(some(0, List.of("none", "esn", "noesn")));
        return new Proposal(
                protocol,
                words.stream().flatMap(word -> Keywords.find(word).stream()).toList());
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    private List<String> some(int least, List<String> words) {
        List<String> shuffled = new ArrayList<>(words);
        Collections.shuffle(shuffled, random);
        int count = least + random.nextInt(Math.min(3, words.size()));
        return Stream.of(shuffled).flatMap(List::stream).limit(count).toList();
    }
}
