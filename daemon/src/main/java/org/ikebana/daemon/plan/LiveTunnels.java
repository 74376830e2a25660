package org.ikebana.daemon.plan;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ikebana.config.plan.LiveSas;
import org.ikebana.daemon.text.Amounts;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;

/** The SAs of a daemon that runs. */
public record LiveTunnels(List<IkeSaStatus> ikeSas) implements LiveSas {
    public LiveTunnels {
        ikeSas = List.copyOf(ikeSas);
    }

    @Override
    public List<String> ofConnection(String connection) {
        return of(connection).map(LiveTunnels::line).toList();
    }

    @Override
    public List<String> ofChild(String connection, String child) {
        Predicate<ChildSaStatus> isMeant = sa -> sa.stage() == ChildSaStatus.Stage.INSTALLED
                && sa.config().name().equals(child);
        return of(connection)
                .flatMap(ikeSa -> ikeSa.children().stream())
                .filter(isMeant)
                .map(LiveTunnels::line)
                .toList();
    }

    private Stream<IkeSaStatus> of(String connection) {
        return ikeSas.stream().filter(ikeSa -> ikeSa.name().connection().equals(connection));
    }

    private static String line(IkeSaStatus ikeSa) {
        String stage = ikeSa.stage().name().toLowerCase(Locale.ROOT);
        return ikeSa.name() + ", " + stage
                + ikeSa.age().map(age -> " " + Amounts.time(age) + " ago").orElse("");
    }

    private static String line(ChildSaStatus child) {
        return "%s, %s_i %s_o"
                .formatted(child.name(), child.inbound().spi(), child.outbound().spi());
    }
}
