package org.ikebana.ike.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.sa.Agreement;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaRegistry;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;

/**
 * All IKE SAs: by the SPI that is ours, by their connection, and by the identities of both ends. What is asked for with every
 * handshake takes as long with ten thousand of them as with one.
 */
final class IkeSaTable implements IkeSaRegistry {
    private final Environment environment;
    private final Map<Long, IkeSa> bySpi = new HashMap<>();

    /** Those that are being rekeyed, by the SPI that is to be ours then. */
    private final Map<Long, IkeSa> promised = new HashMap<>();

    /** Those that have been authenticated. */
    private final IkeSaIndex<String> established = new IkeSaIndex<>();

    private final IkeSaIndex<Ends> byEnds = new IkeSaIndex<>();

    /** Begun by us, and not authenticated. */
    private final IkeSaIndex<String> begun = new IkeSaIndex<>();

    /** Begun by peers, and not authenticated: which connection they belong to is not certain. There are not many. */
    private final Set<IkeSa> undecided = new LinkedHashSet<>();

    /** Who they are between; the peer's identity in the form that all which match it share. */
    private record Ends(Identity local, Identity remote) {
        static Ends of(Agreement agreement) {
            return new Ends(agreement.localId(), agreement.remoteId().folded());
        }
    }

    IkeSaTable(Environment environment) {
        this.environment = environment;
    }

    @Override
    public long freshSpi() {
        long spi;
        do {
            spi = environment.random().nextLong();
        } while (spi == 0 || bySpi.containsKey(spi));
        return spi;
    }

    @Override
    public long promiseSpi(IkeSa before) {
        long spi = freshSpi();
        promised.put(spi, before);
        return spi;
    }

    @Override
    public void withdraw(long spi) {
        promised.remove(spi);
    }

    @Override
    public void add(IkeSa ikeSa) {
        bySpi.put(ikeSa.id().ownSpi(), ikeSa);
        if (ikeSa.agreement().isPresent()) {
            index(ikeSa.agreement().get(), ikeSa);
        } else if (ikeSa.origin().isOurs()) {
            begun.add(nameOf(ikeSa.connection()), ikeSa);
        } else {
            undecided.add(ikeSa);
        }
    }

    /** It has been authenticated. */
    void establish(IkeSa ikeSa) {
        undecided.remove(ikeSa);
        begun.remove(nameOf(ikeSa.connection()), ikeSa);
        ikeSa.agreement().ifPresent(agreement -> index(agreement, ikeSa));
    }

    /** @param connection that it belonged to */
    void remove(IkeSa ikeSa, Optional<ConnectionConfig> connection) {
        bySpi.remove(ikeSa.id().ownSpi());
        undecided.remove(ikeSa);
        begun.remove(nameOf(connection), ikeSa);
        ikeSa.agreement().ifPresent(agreement -> {
            established.remove(agreement.connection().name(), ikeSa);
            byEnds.remove(Ends.of(agreement), ikeSa);
        });
    }

    boolean isEmpty() {
        return bySpi.isEmpty();
    }

    List<IkeSa> all() {
        return List.copyOf(bySpi.values());
    }

    /** @param spi ours */
    Optional<IkeSa> named(long spi) {
        return Optional.ofNullable(bySpi.get(spi));
    }

    /** Whether one lives with this SPI of ours, or will in a moment. */
    boolean isHere(long spi) {
        IkeSa before = promised.get(spi);
        return bySpi.containsKey(spi) || before != null && before.hasPromised(spi);
    }

    List<IkeSa> of(String connection) {
        List<IkeSa> found = new ArrayList<>(established.of(connection));
        found.addAll(begunOf(connection));
        undecided.stream()
                .filter(sa ->
                        sa.connection().isPresent() && nameOf(sa.connection()).equals(connection))
                .forEach(found::add);
        return found;
    }

    /** Those that we have begun, and that have not been authenticated. */
    List<IkeSa> begunOf(String connection) {
        return begun.of(connection);
    }

    /** Those that have been authenticated between these, or with a peer that matches this one (see {@link Identity#folded}). */
    List<IkeSa> between(Identity local, Identity remote) {
        return byEnds.of(new Ends(local, remote.folded()));
    }

    /** The one that a message belongs to. The peer's SPI must fit as well, but for the answer that brings it. */
    Optional<IkeSa> find(IkeHeader header) {
        IkeSa sa = bySpi.get(header.initiator() ? header.responderSpi() : header.initiatorSpi());
        if (sa == null || sa.id().initiatorSpi() != header.initiatorSpi()) {
            return Optional.empty();
        }
        boolean isInit =
                header.exchange().filter(ExchangeType.IKE_SA_INIT::equals).isPresent();
        boolean responderFits = sa.id().responderSpi() == header.responderSpi();
        return responderFits || isInit && sa.id().responderSpi() == 0 ? Optional.of(sa) : Optional.empty();
    }

    /** The child, where it is up. */
    Optional<ChildGoal.Progress.Up> atWork(String connection, String child) {
        return established.of(connection).stream()
                .filter(IkeSa::isEstablished)
                .flatMap(sa -> sa.childSas().stream().map(c -> new ChildGoal.Progress.Up(sa, c)))
                .filter(up -> up.childSa().config().name().equals(child))
                .findFirst();
    }

    private void index(Agreement agreement, IkeSa ikeSa) {
        established.add(agreement.connection().name(), ikeSa);
        byEnds.add(Ends.of(agreement), ikeSa);
    }

    private static String nameOf(Optional<ConnectionConfig> connection) {
        return connection.map(ConnectionConfig::name).orElse("");
    }
}
