package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.service.ServiceControl;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Patience;
import org.ikebana.kernel.memory.MemoryKernelProvider;
import org.ikebana.vici.ViciPlugin;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Message;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a thousand tunnels each is listed once, however they change meanwhile. How long that takes, {@code bench tunnels} tells. */
class ManySasTest {
    private static final int TUNNELS = 1000;
    private static final int PORT = 25_000;
    private static final int NAT_PORT = 24_500;

    /** Of the initiator, IKE SAs and child SAs: some forty rekeys a second, a hundred times what is usual. */
    private static final Duration REKEY_TIME = Duration.ofSeconds(60);

    private static final Duration RAND_TIME = Duration.ofSeconds(57);

    /** During the lists. */
    private static final int REKEYS = 100;

    private static final Pattern ESTABLISHED = Pattern.compile("(?m)^(t[0-9]+): #[0-9]+, ESTABLISHED");

    @TempDir
    private Path folder;

    private static final class End implements AutoCloseable {
        private final KernelBackend kernel;
        private final IkeService service;
        private final ServiceControl control;

        End(int number) throws Exception {
            kernel = new MemoryKernelProvider().open(Map.of("bind", "127.0.0.1"));
            service = IkeService.start(
                    kernel,
                    CryptoRegistry.standard(),
                    IkeSettings.DEFAULT
                            .changed()
                            .port(PORT + number)
                            .natPort(NAT_PORT + number)
                            .cookieThreshold(0)
                            .cookieThresholdPerAddress(0)
                            .blockThresholdPerAddress(0)
                            .build(),
                    event -> {});
            DaemonFacts facts = new DaemonFacts("test", Instant.now(), List.of(), Path.of("."), Map.of());
            control = new ServiceControl(service, CryptoRegistry.standard(), facts, c -> {});
        }

        void load(int number, int peer) throws Exception {
            List<ConnectionConfig> connections = new ArrayList<>();
            for (int i = 0; i < TUNNELS; i++) {
                connections.add(connection(i, number, peer));
            }
            Secret secret = Secret.wrap("a key".getBytes(StandardCharsets.US_ASCII));
            control.configure(connections, new SharedKeys(List.of(new SharedKey("ike", List.of(), secret))));
        }

        long established() {
            try {
                return service.ask(engine -> engine.ikeSas().stream()
                        .filter(sa -> sa.isEstablished() && !sa.childSas().isEmpty())
                        .count());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Of IKE SAs and of child SAs. */
        long rekeys() {
            try {
                return service.ask(engine -> {
                    Map<Counters.Kind, Long> counted = engine.counters().total();
                    return counted.getOrDefault(Counters.Kind.CHILD_REKEY, 0L)
                            + counted.getOrDefault(Counters.Kind.IKE_REKEY_INIT, 0L);
                });
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            service.close();
            kernel.close();
        }
    }

    @Test
    @Timeout(300)
    void aThousandAreListedWhileTheyRekey() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/swanctl")), "no swanctl: apt-get install it");
        try (End responder = new End(1);
                End initiator = new End(0)) {
            responder.load(1, 0);
            initiator.load(0, 1);
            Await.until("all tunnels are up", Patience.seconds(120), () -> initiator.established() == TUNNELS);
            String socket = folder.resolve("vici").toString();
            ControlPlugin.Opened vici = new ViciPlugin().open(initiator.control, Map.of("socket", socket));
            vici.begin();
            list(socket);
            Await.until("they rekey", Patience.seconds(60), () -> initiator.rekeys() > 0);
            long rekeys = initiator.rekeys();
            while (initiator.rekeys() < rekeys + REKEYS) {
                assertListed(list(socket));
                assertUp(tunnels(socket));
            }
            vici.close();
        }
    }

    /** No tunnel is missing, in whatever moment of a rekey it is. */
    private static void assertListed(String listed) {
        Set<String> established = ESTABLISHED
                .matcher(listed)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(established).hasSize(TUNNELS);
        assertThat(listed.lines().filter(line -> line.contains("INSTALLED"))).hasSizeGreaterThanOrEqualTo(TUNNELS);
    }

    private static void assertUp(List<Message> tunnels) {
        assertThat(tunnels)
                .hasSize(TUNNELS)
                .allMatch(tunnel -> tunnel.text("state").filter("up"::equals).isPresent());
    }

    /** What {@code ikebana status} asks for. */
    private static List<Message> tunnels(String socket) throws IOException {
        List<Message> tunnels = new ArrayList<>();
        try (ViciClient daemon = ViciClient.connect(Path.of(socket))) {
            daemon.stream("list-tunnels", Message.EMPTY, "list-tunnel", tunnels::add);
        }
        return tunnels;
    }

    private static String list(String socket) {
        return Command.of("swanctl", "--list-sas", "--uri", "unix://" + socket).run();
    }

    private static ConnectionConfig connection(int tunnel, int number, int peer) throws Exception {
        String subnet = tunnel / 250 + "." + tunnel % 250 + "/32";
        ChildConfig child = ChildConfig.named("net")
                .localSelectors(
                        List.of(new SelectorSpec.Fixed(SelectorSyntax.parse("10." + (number + 1) + "." + subnet))))
                .remoteSelectors(
                        List.of(new SelectorSpec.Fixed(SelectorSyntax.parse("10." + (peer + 1) + "." + subnet))))
                .startAction(number == 0 ? StartAction.START : StartAction.NONE)
                .rekeyTime(number == 0 ? REKEY_TIME : Duration.ZERO)
                .randTime(RAND_TIME)
                .build();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return ConnectionConfig.named("t" + tunnel)
                .localAddresses(List.of(new AddressSpec.Exact(loopback)))
                .remoteAddresses(List.of(new AddressSpec.Exact(loopback)))
                .localPort(PORT + number)
                .remotePort(PORT + peer)
                .mobike(false)
                .unique(UniquePolicy.NEVER)
                .rekeyTime(number == 0 ? REKEY_TIME : Duration.ZERO)
                .randTime(RAND_TIME)
                .local(new AuthConfig(AuthConfig.Method.PSK, identity(tunnel, number)))
                .remote(new AuthConfig(AuthConfig.Method.PSK, identity(tunnel, peer)))
                .children(List.of(child))
                .build();
    }

    private static Identity identity(int tunnel, int number) throws Exception {
        return Identity.parse("e" + number + ".t" + tunnel + ".example.org");
    }
}
