package org.ikebana.it.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ikebana.it.kill.End.Pace;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.EndlessPing;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;

/**
 * Kills daemons at random moments, some of them again while they come back, while echo requests go both ways. Each time the
 * tunnel must be back, and at no time may a packet from one protected prefix to the other be on the wire in clear.
 */
final class KillCampaign {
    /** Never a pause. Most of it is the start of a Java machine, which may take minutes in a guest on a busy machine. */
    static final Duration PATIENCE = Patience.seconds(240);

    /** One in so many kills is followed by another one during the handshake. */
    private static final int TWICE = 3;

    private final TwoSites sites;
    private final List<End> ends;
    private final List<End> victims;
    private final int times;
    private final SplittableRandom random;
    private final Map<String, Figures> back = new TreeMap<>();
    private final Map<String, Figures> silence = new TreeMap<>();

    /** @param victims those of the ends that are killed */
    KillCampaign(TwoSites sites, List<End> ends, List<End> victims) {
        this.sites = sites;
        this.ends = ends;
        this.victims = victims;
        this.times = number("IKEBANA_KILLS").orElse(4L).intValue();
        long seed = number("IKEBANA_KILL_SEED").orElseGet(System::nanoTime);
        this.random = new SplittableRandom(seed);
        System.out.printf("%s: %d kills of %s, seed %d%n", ends, times, victims, seed);
    }

    /** @param silent those whose packets to the other's network must not be seen in clear */
    void run(List<Site> silent) {
        Capture clear = sites.wire()
                .captureWays(
                        sites.outermost(),
                        silent.stream()
                                .collect(Collectors.toMap(
                                        Site::lan, site -> other(site).lan())));
        Capture ike = sites.wire().captureIke(sites.outermost());
        silent.forEach(site -> Ping.once(site.host(), other(site).hostAddress()));
        assertThat(clear.packets()).as("the capture sees what is in clear").hasSizeGreaterThanOrEqualTo(silent.size());

        ends.forEach(end -> end.launch(Pace.BUSY));
        ends.forEach(End::awaitTunnel);
        List<EndlessPing> pings =
                List.of(EndlessPing.start(sites.west(), sites.east()), EndlessPing.start(sites.east(), sites.west()));
        int before = clear.packets().size();

        killAll(new Moments(random, pings.getFirst(), ike), pings);
        restartCalmly(pings);
        assertThat(clear.packets().stream().skip(before)).as("packets in clear").isEmpty();
        back.forEach((victim, figures) -> System.out.printf("%s killed: tunnel back after %s%n", victim, figures));
        silence.forEach((victim, figures) -> System.out.printf("%s killed: longest silence %s%n", victim, figures));
    }

    private void killAll(Moments moments, List<EndlessPing> pings) {
        int killed = 0;
        while (killed < times) {
            String moment = moments.await();
            int answers = pings.getFirst().answers();
            End victim = victim();
            long start = kill(victim, ++killed, moment);
            while (killed < times && random.nextInt(TWICE) == 0) {
                moment = moments.awaitHandshake();
                victim = victim();
                start = kill(victim, ++killed, moment);
            }
            awaitTunnel(pings);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("  tunnel back after %d ms%n", took.toMillis());
            back.computeIfAbsent(victim.toString(), v -> new Figures()).add(took);
            silence.computeIfAbsent(victim.toString(), v -> new Figures())
                    .add(pings.getFirst().longestSilence(answers));
        }
    }

    private End victim() {
        return victims.get(random.nextInt(victims.size()));
    }

    private long kill(End victim, int number, String moment) {
        System.out.printf("kill %d: %s, %s%n", number, victim, moment);
        long now = System.nanoTime();
        victim.kill();
        victim.launch(Pace.BUSY);
        return now;
    }

    /** Without rekeys, what is left in the end must be one pair. */
    private void restartCalmly(List<EndlessPing> pings) {
        for (End end : ends) {
            end.kill(); // A clean stop would let packets pass in clear.
            end.launch(Pace.CALM);
            awaitTunnel(pings);
        }
        for (End end : ends) {
            Await.value(end + " has one pair", PATIENCE, end::status, status -> end.hasOnePair());
        }
    }

    private void awaitTunnel(List<EndlessPing> pings) {
        ends.forEach(End::awaitTunnel);
        pings.forEach(ping -> ping.awaitAnswers(3, PATIENCE));
    }

    private Site other(Site site) {
        return site.equals(sites.west()) ? sites.east() : sites.west();
    }

    private static Optional<Long> number(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(Long::valueOf);
    }
}
