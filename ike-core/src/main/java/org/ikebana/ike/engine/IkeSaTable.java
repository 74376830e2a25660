package org.ikebana.ike.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaRegistry;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;

/** All IKE SAs, by the SPI that is ours. */
final class IkeSaTable implements IkeSaRegistry {
    private final Environment environment;
    private final Map<Long, IkeSa> bySpi = new HashMap<>();

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
    }

    void remove(IkeSa ikeSa) {
        bySpi.remove(ikeSa.id().ownSpi());
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
        List<IkeSa> found = new ArrayList<>();
        for (IkeSa sa : bySpi.values()) {
            if (sa.connection().filter(c -> c.name().equals(connection)).isPresent()) {
                found.add(sa);
            }
        }
        return found;
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
        return of(connection).stream()
                .filter(IkeSa::isEstablished)
                .flatMap(sa -> sa.childSas().stream().map(c -> new ChildGoal.Progress.Up(sa, c)))
                .filter(up -> up.childSa().config().name().equals(child))
                .findFirst();
    }
}
