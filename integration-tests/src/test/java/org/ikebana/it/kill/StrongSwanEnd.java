package org.ikebana.it.kill;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.ikebana.it.net.Site;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.jspecify.annotations.Nullable;

/** strongSwan, with the kernel's ESP or its own. */
final class StrongSwanEnd implements End {
    private static final Pattern IKE_SA = Pattern.compile("(?m)^\\S+: #\\d+, ");
    private static final Pattern CHILD_SA = Pattern.compile("(?m)^ +\\S+: #\\d+, reqid \\d+, INSTALLED");

    private final SwanctlConf conf;
    private final StrongSwanSettings settings;
    private @Nullable StrongSwan daemon;

    StrongSwanEnd(SwanctlConf conf, StrongSwanSettings settings) {
        this.conf = conf;
        this.settings = settings;
    }

    @Override
    public Site site() {
        return conf.local();
    }

    @Override
    public void launch(Pace pace) {
        daemon = StrongSwan.start(Rekeying.in(conf, pace), settings);
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
        daemon().awaitLog("CHILD_SA net\\{\\d+\\} established", KillCampaign.PATIENCE);
    }

    @Override
    public boolean hasOnePair() {
        String sas = status();
        return IKE_SA.matcher(sas).results().count() == 1
                && CHILD_SA.matcher(sas).results().count() == 1;
    }

    @Override
    public String status() {
        return daemon().listSas();
    }

    @Override
    public String toString() {
        return "strongSwan at " + site().name();
    }

    private StrongSwan daemon() {
        return requireNonNull(daemon, "not started");
    }
}
