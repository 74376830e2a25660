package org.ikebana.daemon;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ikebana.daemon.text.ConfigurationFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ikebana daemon}. */
@Command(
        name = "daemon",
        description = {
            "Runs the daemon in the foreground, for systemd or by hand.",
            "SIGHUP reloads the configuration, SIGTERM and Ctrl-C delete all SAs, tell the peers and end."
        })
final class DaemonCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = ConfigurationFolder.DEFAULT,
            description = "Directory with swanctl.conf and perhaps ikebana.conf, or a swanctl.conf file (default:"
                    + " ${DEFAULT-VALUE}).")
    private Path config = Path.of(ConfigurationFolder.path());

    @Override
    public Integer call() throws InterruptedException {
        return DaggerDaemonComponent.factory().create(config).daemon().run();
    }
}
