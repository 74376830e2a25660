package org.ikebana.bench.handshake;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.kernel.memory.MemoryKernelProvider;

/**
 * Sets up many IKE SAs with one child each, a few at a time. A program of its own, to be run in the
 * initiator's namespace; prints {@code established COUNT in SECONDS s} and {@code complete}.
 */
public final class Initiator {
    private static final int AT_A_TIME = 16;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final int total;
    private final CountDownLatch left;
    private final IkeService service;
    private int next;
    private int failures;

    private Initiator(String local, int total) throws Exception {
        this.total = total;
        this.left = new CountDownLatch(total);
        KernelBackend kernel = new MemoryKernelProvider().open(Map.of("bind", local));
        this.service = IkeService.start(kernel, CryptoRegistry.standard(), IkeSettings.DEFAULT, this::onEvent);
    }

    /** @param arguments local address, remote address, IKE proposal, ESP proposal, how many */
    public static void main(String[] arguments) throws Exception {
        int total = Integer.parseInt(arguments[4]);
        Initiator initiator = new Initiator(arguments[0], total);
        List<ConnectionConfig> connections = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            connections.add(connection(arguments, i));
        }
        byte[] secret = Scenario.SECRET.getBytes(StandardCharsets.US_ASCII);
        initiator.run(connections, new SharedKey("ike", List.of(), Secret.wrap(secret)));
        System.exit(0); // without a word: the SAs stay at the responder
    }

    private void run(List<ConnectionConfig> connections, SharedKey key) throws InterruptedException {
        service.load(connections, new SharedKeys(List.of(key)));
        long start = System.nanoTime();
        service.ask(engine -> {
            for (int i = 0; i < Math.min(AT_A_TIME, total); i++) {
                engine.want(Integer.toString(next++), "net", DesiredState.UP);
            }
            return null;
        });
        boolean all = left.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("established %d in %.3f s, %d failures%n", total - left.getCount(), seconds, failures);
        System.out.println(all ? "complete" : "incomplete");
    }

    private void onEvent(IkeEvent event) {
        switch (event) {
            case IkeEvent.ChildSaEstablished established -> {
                left.countDown();
                if (next < total) {
                    String name = Integer.toString(next++);
                    service.tell(engine -> engine.want(name, "net", DesiredState.UP));
                }
            }
            case IkeEvent.NegotiationFailed failed -> {
                if (failures++ == 0) {
                    System.out.println(EventLog.describe(failed));
                }
            }
            default -> {}
        }
    }

    /** All have the same selectors: strongSwan's user-space plane installs a route for each new one. */
    private static ConnectionConfig connection(String[] arguments, int name) throws Exception {
        ChildConfig child = ChildConfig.named("net")
                .localSelectors(List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(Scenario.INITIATOR_NET))))
                .remoteSelectors(List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(Scenario.RESPONDER_NET))))
                .proposals(ProposalSyntax.parseList(ProtocolId.ESP, arguments[3]))
                .rekeyTime(Duration.ZERO)
                .randTime(Duration.ZERO)
                .lifetimes(Lifetimes.NONE)
                .build();
        return ConnectionConfig.named(Integer.toString(name))
                .localAddresses(List.of(new AddressSpec.Exact(InetAddress.getByName(arguments[0]))))
                .remoteAddresses(List.of(new AddressSpec.Exact(InetAddress.getByName(arguments[1]))))
                .proposals(ProposalSyntax.parseList(ProtocolId.IKE, arguments[2]))
                .rekeyTime(Duration.ZERO)
                .overTime(Duration.ZERO)
                .randTime(Duration.ZERO)
                .mobike(false)
                .unique(UniquePolicy.NEVER)
                .local(new AuthConfig(AuthConfig.Method.PSK, Identity.parse(Scenario.INITIATOR_ID)))
                .remote(new AuthConfig(AuthConfig.Method.PSK, Identity.parse(Scenario.RESPONDER_ID)))
                .children(List.of(child))
                .build();
    }
}
