package org.ikebana.bench.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.bench.tunnels.TunnelFiles.Start;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.RealKernelTest;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;

/**
 * The kernel has two SAs and three policies of each of many tunnels, at either end, and none when the gateway has ended.
 * More of them: {@code -Dikebana.tunnels.kernel=2000}.
 */
@RealKernelTest
class ManyTunnelsInKernelTest {
    private static final int TUNNELS = Integer.getInteger("ikebana.tunnels.kernel", 300);
    private static final Pattern COUNT = Pattern.compile("SAD count (\\d+)");

    @Test
    void eachTunnelHasItsStatesAndNoneIsLeft(Lab lab) {
        Cable cable = Cable.lay(lab);
        TunnelFiles files = new TunnelFiles(TUNNELS);
        IkebanaDaemon peers = IkebanaDaemon.start(cable.peers(), files.peers());
        IkebanaDaemon gateway = IkebanaDaemon.start(cable.gateway(), files.gatewayInKernel(Start.ALL));

        Await.until("all tunnels are up", Patience.seconds(180), () -> states(cable.gateway()) == 2 * TUNNELS);
        Await.until("so they are for the peers", Patience.seconds(60), () -> states(cable.peers()) == 2 * TUNNELS);
        assertThat(policies(cable.gateway())).isEqualTo(3 * TUNNELS);
        assertThat(policies(cable.peers())).isEqualTo(3 * TUNNELS);

        gateway.stop();
        Await.until("the peers have heard of it", Patience.seconds(30), () -> states(cable.peers()) == 0);
        assertThat(states(cable.gateway())).isZero();
        assertThat(policies(cable.gateway())).isZero();
        assertThat(policies(cable.peers())).isZero();
        peers.stop();
    }

    private static int states(Netns netns) {
        Matcher count = COUNT.matcher(
                Command.of("ip", "-n", netns.name(), "xfrm", "state", "count").run());
        assertThat(count.find()).isTrue();
        return Integer.parseInt(count.group(1));
    }

    /** But for those of sockets. */
    private static int policies(Netns netns) {
        return (int) Command.of("ip", "-n", netns.name(), "xfrm", "policy", "list", "nosock")
                .run()
                .lines()
                .filter(line -> line.startsWith("src "))
                .count();
    }
}
