package org.ikebana.it.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.DaemonSettings;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.IkeService;

/**
 * The daemon's parts put together as the daemon has them, and commands on standard input, one a line. SIGTERM ends it
 * as it ends the daemon. Run by {@link IkebanaOnCommand}.
 */
final class CommandedMain {
    static final String READY = "ready for commands";
    static final String REKEY_CHILD = "rekey-child";
    static final String REKEY_IKE = "rekey-ike";
    static final String COUNT = "count";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final IkeService service;

    private CommandedMain(IkeService service) {
        this.service = service;
    }

    /** @param arguments the folder of {@code swanctl.conf} and {@code ikebana.conf} */
    public static void main(String[] arguments)
            throws ConfigException, KernelException, IOException, InterruptedException {
        Configuration configuration = ConfigLoader.load(Path.of(arguments[0]));
        KernelBackend kernel = open(configuration.daemon());
        IkeService service =
                IkeService.start(kernel, CryptoRegistry.standard(), configuration.settings(), EventLog::log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, kernel)));
        service.load(configuration.connections(), new SharedKeys(configuration.sharedKeys()));
        System.out.println(READY);
        new CommandedMain(service).obey();
    }

    private static KernelBackend open(DaemonSettings settings) throws KernelException {
        return ServiceLoader.load(KernelBackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(settings.kernel()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kernel backend " + settings.kernel()))
                .open(settings.kernel().equals("tun") ? settings.tun() : Map.of());
    }

    private static void stop(IkeService service, KernelBackend kernel) {
        try (kernel;
                service) {
            if (!service.shutdown(PATIENCE)) {
                System.out.println("the peer has not answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void obey() throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case REKEY_CHILD -> service.tell(engine -> rekeyChild(engine, words[1]));
                case REKEY_IKE -> service.tell(engine -> onTheOnly(engine, words[1], IkeSa::rekey));
                case COUNT -> System.out.println(service.ask(CommandedMain::count));
                default -> throw new IllegalArgumentException("unknown command: " + line);
            }
        }
    }

    private static void rekeyChild(IkeEngine engine, String name) {
        engine.ikeSas()
                .forEach(sa -> sa.childSas().stream()
                        .filter(child -> child.config().name().equals(name))
                        .forEach(sa::rekeyChild));
    }

    private static void onTheOnly(IkeEngine engine, String connection, Consumer<IkeSa> command) {
        engine.ikeSas().stream()
                .filter(sa -> sa.isEstablished()
                        && sa.connection()
                                .filter(c -> c.name().equals(connection))
                                .isPresent())
                .forEach(command);
    }

    private static String count(IkeEngine engine) {
        return "SAs: %d IKE, %d child"
                .formatted(
                        engine.ikeSas().size(),
                        engine.ikeSas().stream()
                                .mapToInt(sa -> sa.childSas().size())
                                .sum());
    }
}
