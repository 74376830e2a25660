package org.ikebana.daemon;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.ikebana.config.Configuration;
import org.ikebana.daemon.log.Logging;
import org.ikebana.daemon.systemd.ServiceManager;
import org.ikebana.daemon.systemd.Watchdog;
import org.ikebana.daemon.updown.UpdownScripts;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.ike.control.Subscription;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.service.ServiceControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** The daemon's life: configuration, kernel, service, then signals until the end. */
final class Daemon {
    private static final Logger CONFIG = LoggerFactory.getLogger(Subsystem.CONFIG.logger());
    private static final Logger LOG = LoggerFactory.getLogger(Subsystem.DAEMON.logger());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 0;
    private static final int FAILED = 1;

    private final Path config;
    private final KernelBackends backends;
    private final CredentialProviders credentials;
    private final ControlPlugins plugins;
    private final CryptoLibraries crypto;
    private final Consumer<IkeEvent> events;
    private final Logging logging;
    private final ServiceManager manager;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    private enum Request {
        RELOAD,
        STOP
    }

    @Inject
    Daemon(
            Path config,
            KernelBackends backends,
            CredentialProviders credentials,
            ControlPlugins plugins,
            CryptoLibraries crypto,
            Consumer<IkeEvent> events,
            Logging logging,
            ServiceManager manager) {
        this.config = config;
        this.backends = backends;
        this.credentials = credentials;
        this.plugins = plugins;
        this.crypto = crypto;
        this.events = events;
        this.logging = logging;
        this.manager = manager;
    }

    /** @return the exit status */
    int run() throws InterruptedException {
        logging.start();
        Signal.handle(new Signal("HUP"), signal -> requests.add(Request.RELOAD));
        Signal.handle(new Signal("TERM"), signal -> requests.add(Request.STOP));
        Signal.handle(new Signal("INT"), signal -> requests.add(Request.STOP));
        ConfigurationFiles files;
        try {
            files = ConfigurationFiles.read(config, credentials, logging);
        } catch (ReloadException e) {
            LOG.debug("not started", e);
            return FAILED;
        }
        Configuration configuration = files.inEffect();
        logging.configure(configuration.daemon().log());
        try (KernelBackend kernel = backends.open(configuration.daemon().kernel(), BackendOptions.of(configuration));
                IkeService service =
                        IkeService.start(kernel, crypto.registry(), CrashSecretFile.settings(configuration), events)) {
            LOG.info("listening on UDP ports {} and {}", service.port(), service.natPort());
            serve(service, files);
            return OK;
        } catch (KernelException | IOException e) {
            LOG.error("{}", e.getMessage());
            return FAILED;
        }
    }

    private void serve(IkeService service, ConfigurationFiles files) throws InterruptedException {
        Configuration first = files.inEffect();
        DaemonFacts facts = new DaemonFacts(
                Main.VERSION,
                Instant.now(),
                plugins.names(),
                config,
                first.daemon().modules());
        ServiceControl control = new ServiceControl(service, crypto.registry(), facts, logging, files);
        try (UpdownScripts scripts = new UpdownScripts();
                Subscription updown = control.subscribe(scripts)) {
            try (ControlPlugins.Opened opened =
                            plugins.open(control, first.daemon().control());
                    HeapWatch heap = HeapWatch.start();
                    Watchdog watchdog = manager.watch(() -> service.ask(IkeEngine::connections))) {
                files.putIntoEffect(control);
                opened.begin();
                LOG.info("ready: {}", files.summary());
                crypto.open(first.daemon().crypto());
                obey(control, files);
                LOG.info("stopping: deleting all SAs and telling the peers");
                manager.stopping();
            }
            if (!service.shutdown(PATIENCE)) {
                LOG.warn("not every peer answered within {} s; what is left there will expire", PATIENCE.toSeconds());
            }
            updown.await(PATIENCE);
        }
    }

    /** Until it is to stop. */
    private void obey(ServiceControl control, ConfigurationFiles files) throws InterruptedException {
        manager.ready(files.summary());
        while (requests.take() == Request.RELOAD) {
            manager.reloading(System.nanoTime());
            try {
                control.reload();
            } catch (ReloadException e) {
                CONFIG.error("the configuration stays as it was");
                CONFIG.debug("why", e);
            }
            manager.ready(files.summary());
        }
    }
}
