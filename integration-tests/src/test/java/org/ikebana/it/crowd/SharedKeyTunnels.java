package org.ikebana.it.crowd;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionBuilder;
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

/** Tunnels with a shared key that come up one after another, and stay. */
final class SharedKeyTunnels {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final BlockingQueue<IkeEvent> heard = new ArrayBlockingQueue<>(16);
    private final IkeService service;
    private final List<ConnectionConfig> connections = new ArrayList<>();

    SharedKeyTunnels() throws Exception {
        service = start(Address.SHARED, this::onEvent);
    }

    /** The engine of one who begins, on that address. */
    static IkeService start(String address, Consumer<IkeEvent> events) throws Exception {
        KernelBackend kernel = new MemoryKernelProvider().open(Map.of("bind", address));
        return IkeService.start(kernel, CryptoRegistry.standard(), IkeSettings.DEFAULT, events);
    }

    /** Of one who begins, to the gateway. */
    static ConnectionBuilder connection(String name, String address) throws Exception {
        return ConnectionConfig.named(name)
                .localAddresses(List.of(new AddressSpec.Exact(InetAddress.getByName(address))))
                .remoteAddresses(List.of(new AddressSpec.Exact(InetAddress.getByName(Address.GATEWAY))))
                .proposals(ProposalSyntax.parseList(ProtocolId.IKE, GatewayFiles.IKE))
                .rekeyTime(Duration.ZERO)
                .overTime(Duration.ZERO)
                .randTime(Duration.ZERO)
                .mobike(false)
                .unique(UniquePolicy.NEVER);
    }

    /** @return milliseconds from the command until its SAs are installed, of each */
    List<Double> bringUp(int count) throws Exception {
        int first = connections.size();
        for (int i = 0; i < count; i++) {
            connections.add(shared(connections.size()));
        }
        byte[] secret = GatewayFiles.SECRET.getBytes(StandardCharsets.US_ASCII);
        service.load(
                List.copyOf(connections),
                new SharedKeys(List.of(new SharedKey("ike", List.of(), Secret.wrap(secret)))));
        List<Double> times = new ArrayList<>();
        for (ConnectionConfig connection : connections.subList(first, connections.size())) {
            times.add(bringUp(connection.name()));
        }
        return times;
    }

    private double bringUp(String name) throws InterruptedException {
        long start = System.nanoTime();
        service.tell(engine -> engine.want(name, "net", DesiredState.UP));
        IkeEvent event = heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        double millis = (System.nanoTime() - start) / 1e6;
        if (event instanceof IkeEvent.ChildSaEstablished up
                && up.ikeSa().connection().equals(name)) {
            return millis;
        }
        throw new AssertionError("asked for " + name + ", and heard of "
                + (event == null ? "nothing within " + LIMIT : EventLog.describe(event)));
    }

    private void onEvent(IkeEvent event) {
        if (event instanceof IkeEvent.ChildSaEstablished || event instanceof IkeEvent.NegotiationFailed) {
            heard.add(event);
        }
    }

    /** Each is a peer of its own, with a network of its own. */
    private static ConnectionConfig shared(int number) throws Exception {
        String own = "10.31." + number / 250 + "." + number % 250 + "/32";
        ChildConfig child = ChildConfig.named("net")
                .localSelectors(List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(own))))
                .remoteSelectors(List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(GatewayFiles.GATEWAY_NET))))
                .proposals(ProposalSyntax.parseList(ProtocolId.ESP, GatewayFiles.ESP))
                .rekeyTime(Duration.ZERO)
                .randTime(Duration.ZERO)
                .lifetimes(Lifetimes.NONE)
                .build();
        return connection("shared" + number, Address.SHARED)
                .local(new AuthConfig(AuthConfig.Method.PSK, Identity.parse("s" + number + GatewayFiles.SHARED_DOMAIN)))
                .remote(new AuthConfig(AuthConfig.Method.PSK, Identity.parse(GatewayFiles.ID)))
                .children(List.of(child))
                .build();
    }
}
