package org.ikebana.kernel.memory;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.service.ServiceControl;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.wire.ProtocolId;

/** A daemon on the loopback address that keys a model of a kernel, for tests of plugins. */
public final class LoopbackPeer implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final KernelBackend kernel;
    private final IkeService service;
    private final ServiceControl control;

    public LoopbackPeer() throws Exception {
        CryptoRegistry crypto = CryptoRegistry.standard();
        kernel = new MemoryKernelProvider().open(Map.of("bind", HERE.getHostAddress()));
        service = IkeService.start(kernel, crypto, IkeSettings.DEFAULT.withPorts(0, 0), event -> {});
        control = new ServiceControl(
                service,
                crypto,
                new DaemonFacts("7.8.9", Instant.EPOCH, List.of(), Path.of("."), Map.of()),
                reloading -> {});
    }

    public ServiceControl control() {
        return control;
    }

    /** Of two of these whose ends are exchanged the tunnels come up. */
    public void load(String id, LoopbackPeer other, String otherId, ChildConfig... children) throws Exception {
        ConnectionConfig connection = ConnectionConfig.named("site")
                .localAddresses(List.of(new AddressSpec.Exact(HERE)))
                .remoteAddresses(List.of(new AddressSpec.Exact(HERE)))
                .localPort(service.port())
                .remotePort(other.service.port())
                .local(new AuthConfig(AuthConfig.Method.PSK, Identity.parse(id)))
                .remote(new AuthConfig(AuthConfig.Method.PSK, Identity.parse(otherId)))
                .mobike(false) // which would go to the other port
                .children(List.of(children))
                .build();
        Secret secret = Secret.copyOf("well known".getBytes(StandardCharsets.US_ASCII));
        control.configure(List.of(connection), new SharedKeys(List.of(new SharedKey("ike", List.of(), secret))));
    }

    public static ChildConfig child(String name, String local, String remote, String proposal, StartAction action)
            throws Exception {
        return ChildConfig.named(name)
                .localSelectors(List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(local))))
                .remoteSelectors(List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(remote))))
                .proposals(ProposalSyntax.parseList(ProtocolId.ESP, proposal))
                .startAction(action)
                .build();
    }

    @Override
    public void close() throws InterruptedException {
        service.shutdown(Duration.ofSeconds(5));
        service.close();
        kernel.close();
    }
}
