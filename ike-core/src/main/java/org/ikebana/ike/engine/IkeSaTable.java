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
 * All IKE SAs: by the SPI that is ours, by their connection, and by the peer's identity. What is asked for with every
 * handshake takes as long with ten thousand of them as with one.
 */
final class IkeSaTable implements IkeSaRegistry {
    private final Environment environment;
    private final Map<Long, IkeSa> bySpi = new HashMap<>();

    /** Those that have been authenticated. */
    private final IkeSaIndex<String> established = new IkeSaIndex<>();

    private final IkeSaIndex<Identity> byPeer = new IkeSaIndex<>();

    /** Begun by us, and not authenticated. */
    private final IkeSaIndex<String> begun = new IkeSaIndex<>();

    /** Begun by peers, and not authenticated: which connection they belong to is not certain. There are not many. */
    private final Set<IkeSa> undecided = new LinkedHashSet<>();

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
            byPeer.remove(agreement.remoteId().folded(), ikeSa);
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

    /** Those that have been authenticated with a peer of this identity, or one that matches it (see {@link Identity#folded}). */
    List<IkeSa> withPeer(Identity remote) {
        return byPeer.of(remote.folded());
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
        byPeer.add(agreement.remoteId().folded(), ikeSa);
    }

    private static String nameOf(Optional<ConnectionConfig> connection) {
        return connection.map(ConnectionConfig::name).orElse("");
    }
}
