package org.ikebana.daemon;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.daemon.text.ConfigurationFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ikebana daemon}. */
@Command(
        name = DaemonCommand.NAME,
        description = {
            "Runs the daemon in the foreground, for systemd or by hand.",
            "SIGHUP reloads the configuration, SIGTERM and Ctrl-C delete all SAs, tell the peers and end."
        })
final class DaemonCommand implements Callable<Integer> {
    static final String NAME = "daemon";
    static final String CONFIG = "--config";

    @Option(
            names = DaemonCommand.CONFIG,
            paramLabel = "DIR",
            defaultValue = ConfigurationFolder.DEFAULT,
            description = "Directory with swanctl.conf and perhaps ikebana.conf, or a swanctl.conf file (default:"
                    + " ${DEFAULT-VALUE}).")
    private Path config = Path.of(ConfigurationFolder.path());

    /**
     * Where the configuration is, if these arguments of {@code ikebana} are the daemon's as the service manager gives them; empty
     * for any others, which picocli reads. Its reflection would take a fifth of the time until the daemon listens.
     */
    static Optional<Path> plain(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals(NAME)) {
            return Optional.empty();
        }
        if (arguments.length == 1) {
            return Optional.of(Path.of(ConfigurationFolder.path()));
        }
        return arguments.length == 3 && arguments[1].equals(CONFIG) && !arguments[2].startsWith("-")
                ? Optional.of(Path.of(arguments[2]))
                : Optional.empty();
    }

    @Override
    public Integer call() throws InterruptedException {
        return run(config);
    }

    /** @return the exit status */
    static int run(Path config) throws InterruptedException {
        return DaggerDaemonComponent.factory().create(config).daemon().run();
    }
}
