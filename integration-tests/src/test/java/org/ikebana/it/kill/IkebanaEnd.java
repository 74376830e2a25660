package org.ikebana.it.kill;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.ikebana.it.net.Site;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.SwanctlConf;
import org.jspecify.annotations.Nullable;

/** Ikebana, with the kernel's ESP or its own. */
final class IkebanaEnd implements End {
    private static final String RETRANSMISSION = """
            retransmit_timeout = 1.0
            retransmit_base = 1.5
            retransmit_tries = 3
            """;

    private final SwanctlConf conf;
    private final boolean isTun;
    private @Nullable IkebanaDaemon daemon;

    IkebanaEnd(SwanctlConf conf, boolean isTun) {
        this.conf = conf;
        this.isTun = isTun;
    }

    @Override
    public Site site() {
        return conf.local();
    }

    @Override
    public void launch(Pace pace) {
        Map<String, String> files = new HashMap<>();
        files.put("swanctl.conf", Rekeying.in(conf, pace).text());
        files.put("ikebana.conf", (isTun ? "kernel = tun\n" : "kernel = xfrm\n") + RETRANSMISSION);
        daemon = IkebanaDaemon.launch(conf.local().gateway(), files);
    }

    @Override
    public void kill() {
        daemon().kill();
    }

    @Override
    public void stop() {
        daemon().stop();
    }

    @Override
    public void awaitTunnel() {
        daemon().awaitLog("child SA net\\{\\d+\\} established", KillCampaign.PATIENCE);
    }

    @Override
    public boolean hasOnePair() {
        LoggedSas logged = LoggedSas.of(daemon().log());
        return logged.ikeSas().size() == 1 && logged.children().size() == 1;
    }

    @Override
    public String status() {
        return LoggedSas.of(daemon().log()).toString();
    }

    @Override
    public String toString() {
        return "Ikebana at " + site().name();
    }

    private IkebanaDaemon daemon() {
        return requireNonNull(daemon, "not started");
    }
}
