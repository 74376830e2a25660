package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.sa.Agreement;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;

/**
 * Which of several IKE SAs between the same two identities are to be: {@code unique} of swanctl.conf, INITIAL_CONTACT
 * (RFC 7296 2.4), and two ends that both began at once.
 *
 * <p>Of the latter's two SAs the one with the lowest nonce goes, as with rekeys (RFC 7296 2.8.2): whoever began it deletes it.
 * A peer that does not know this custom gets some seconds to do so, then it is done here.
 */
final class Uniqueness {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** In which a peer reads an answer and makes what it is about: a busy one takes some tenths of a second. */
    private static final Duration UNTIL_READ = Duration.ofSeconds(1);

    private final Environment environment;
    private final IkeSaTable ikeSas;
    /** A few, for a few seconds. */
    private final List<Followed> followed = new ArrayList<>(2);

    /** An IKE SA, or what it goes on as once it has been rekeyed. */
    private static final class Followed {
        private IkeSa now;

        private Followed(IkeSa now) {
            this.now = now;
        }
    }

    Uniqueness(Environment environment, IkeSaTable ikeSas) {
        this.environment = environment;
        this.ikeSas = ikeSas;
    }

    /** Whether a responder may take this peer: {@code unique = keep} keeps what there is. */
    boolean isWelcome(IkeSa halfOpen, ConnectionConfig connection, Identity local, Identity remote, boolean contact) {
        return connection.unique() != UniquePolicy.KEEP
                || isNobody(remote)
                || contact
                || ikeSas.between(local, remote).stream()
                        .noneMatch(other -> isBetween(other, local, remote)
                                && !isFromSamePlace(halfOpen, other)
                                && !halfOpen.origin().mayCross(other.origin()));
    }

    void onEstablished(IkeSa fresh, boolean initialContact) {
        UniquePolicy unique = fresh.connection().map(ConnectionConfig::unique).orElse(UniquePolicy.NO);
        for (IkeSa other : betweenEndsOf(fresh)) {
            if (other == fresh || !isSamePair(fresh, other)) {
                continue;
            }
            boolean isProved = fresh.remoteId().filter(Uniqueness::isNobody).isEmpty();
            if (!isProved && !fresh.origin().isOurs()) {
                continue; // who does not say who he is takes nobody's place (RFC 7619 2.3)
            }
            if (fresh.origin().crosses(other.origin())) {
                // The exchange at hand comes to its end first.
                Followed one = follow(fresh);
                Followed another = follow(other);
                environment.after(Duration.ZERO, () -> settle(one, another));
            } else if (unique != UniquePolicy.NEVER && initialContact) {
                other.close(CloseCause.REPLACED);
            } else if (unique == UniquePolicy.REPLACE && isFromSamePlace(fresh, other)) {
                terminateLater(PATIENCE, other, fresh, CloseCause.REPLACED);
            } else if (unique == UniquePolicy.REPLACE) {
                other.terminate(CloseCause.REPLACED);
            }
        }
    }

    /** Whether there is one with such a peer: no INITIAL_CONTACT then. */
    boolean knows(Identity local, Identity remotePattern) {
        List<IkeSa> candidates = remotePattern.isConcrete() ? ikeSas.between(local, remotePattern) : ikeSas.all();
        return candidates.stream()
                .anyMatch(sa -> sa.isEstablished()
                        && sa.localId().filter(local::equals).isPresent()
                        && sa.remoteId().filter(id -> id.matches(remotePattern)).isPresent());
    }

    /** Whether there is another one between the same identities. */
    boolean isOneOfSeveral(IkeSa ikeSa) {
        return betweenEndsOf(ikeSa).stream().anyMatch(other -> other != ikeSa && isSamePair(ikeSa, other));
    }

    /** Another one of the same connection with the same peer, which has been authenticated since. */
    Optional<IkeSa> later(IkeSa old) {
        return laterThan(old).findFirst();
    }

    /** Whether we have begun another one for the same purpose, and it has been authenticated before this one of ours. */
    boolean hasEarlier(IkeSa ikeSa) {
        return ikeSa.origin().isOurs()
                && betweenEndsOf(ikeSa).stream()
                        .anyMatch(other -> other.origin().isOurs() && isLater(ikeSa, other));
    }

    /** Those between these two ends that we have begun, and then another one for the same purpose. */
    List<IkeSa> superseded(Agreement ends) {
        return ikeSas.between(ends.localId(), ends.remoteId()).stream()
                .filter(sa -> sa.origin().isOurs()
                        && laterThan(sa).anyMatch(later -> later.origin().isOurs()))
                .toList();
    }

    private Stream<IkeSa> laterThan(IkeSa old) {
        return betweenEndsOf(old).stream().filter(other -> isLater(other, old));
    }

    private List<IkeSa> betweenEndsOf(IkeSa ikeSa) {
        return ikeSa.localId()
                .flatMap(local -> ikeSa.remoteId().map(remote -> ikeSas.between(local, remote)))
                .orElse(List.of());
    }

    private static boolean isLater(IkeSa one, IkeSa old) {
        return one != old
                && isSamePair(old, one)
                && isFromSamePlace(old, one)
                && one.origin().isAuthenticatedAfter(old.origin())
                && isOfSameConnection(old, one);
    }

    /** What is to be done with the old one will be done with the new one. */
    void onRekeyed(IkeSa old, IkeSa fresh) {
        for (Followed each : followed) {
            each.now = each.now == old ? fresh : each.now;
        }
    }

    private Followed follow(IkeSa ikeSa) {
        Followed each = new Followed(ikeSa);
        followed.add(each);
        return each;
    }

    private void settle(Followed last, Followed first) {
        followed.remove(last);
        followed.remove(first);
        IkeSa fresh = last.now;
        IkeSa other = first.now;
        if (!fresh.isEstablished() || !other.isEstablished() || !isOfSameConnection(fresh, other)) {
            return;
        }
        IkeSa lost = fresh.origin().losesTo(other.origin()) ? fresh : other;
        if (!lost.origin().isOurs()) {
            lost.awaitRedundantDeletion();
            terminateLater(PATIENCE, lost, lost == fresh ? other : fresh, CloseCause.REDUNDANT);
        } else if (lost == other) {
            // Until the peer has read our answer, it cannot take what the fresh one's children would send.
            terminateLater(UNTIL_READ, lost, fresh, CloseCause.REDUNDANT);
        } else {
            lost.terminate(CloseCause.REDUNDANT);
        }
    }

    /** Unless the one that is to be kept has gone by then. */
    private void terminateLater(Duration time, IkeSa old, IkeSa kept, CloseCause cause) {
        Followed going = follow(old);
        Followed staying = follow(kept);
        environment.after(time, () -> {
            followed.remove(going);
            followed.remove(staying);
            if (going.now.isEstablished() && staying.now.isEstablished()) {
                going.now.terminate(cause);
            }
        });
    }

    /** A peer that authenticates anew as a rule, and deletes the old one when the children are up (RFC 7296 2.8.3). */
    private static boolean isFromSamePlace(IkeSa one, IkeSa other) {
        return one.endpoints().remote().equals(other.endpoints().remote());
    }

    private static boolean isOfSameConnection(IkeSa one, IkeSa other) {
        return one.connection()
                .map(ConnectionConfig::name)
                .equals(other.connection().map(ConnectionConfig::name));
    }

    private static boolean isNobody(Identity identity) {
        return identity.equals(Identity.NULL);
    }

    private static boolean isSamePair(IkeSa one, IkeSa other) {
        return one.localId().isPresent()
                && one.remoteId().isPresent()
                && isBetween(other, one.localId().get(), one.remoteId().get());
    }

    private static boolean isBetween(IkeSa sa, Identity local, Identity remote) {
        return sa.isEstablished()
                && sa.localId().filter(local::equals).isPresent()
                && sa.remoteId().filter(remote::equals).isPresent();
    }
}
