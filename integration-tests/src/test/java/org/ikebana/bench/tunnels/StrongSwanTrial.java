package org.ikebana.bench.tunnels;

import java.io.IOException;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.process.Command;

/**
 * All tunnels come from the peers to a charon whose table of IKE SAs has room for them. It has one connection and one secret for
 * all: with ten thousand of each, which it goes through one by one, it does not come to an end.
 */
final class StrongSwanTrial {
    private StrongSwanTrial() {}

    static boolean isPossible() {
        return StrongSwanSettings.fakeKernel().installation().isThere();
    }

    static StrongSwanFigures run(Lab lab, TunnelFiles files, int step) throws IOException {
        Cable cable = Cable.lay(lab);
        StrongSwanSettings settings = StrongSwanSettings.fakeKernel()
                .with("plugins.load-tester.preshared_key", TunnelFiles.SECRET)
                .with("dos_protection", "no")
                .with("ikesa_table_size", "16384")
                .with("ikesa_table_segments", "16")
                .with("install_routes", "no")
                .with("filelog.stderr.default", "-1")
                .with("filelog.stderr.job", "1");
        StrongSwan charon = StrongSwan.start(cable.gateway(), TunnelFiles.gatewayForAnybody(), settings);
        Command.of("taskset", "-a", "-c", "-p", "0", Long.toString(charon.pid()))
                .run();
        PeersProcess peers = PeersProcess.start(cable.peers(), files, step);
        int from = peers.forget();
        peers.initiate();
        Steps accepted = peers.watch(from, charon.pid());
        double list = TunnelsBench.seconds(() -> charon.listSas());
        double resident = ProcessFigures.of(charon.pid()).residentKilobytes() / 1024.0;
        charon.kill();
        return new StrongSwanFigures(accepted, list, resident);
    }
}
