package org.ikebana.vici;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.service.ServiceControl;
import org.ikebana.kernel.memory.MemoryKernelProvider;
import org.ikebana.vici.command.Caller;
import org.ikebana.vici.command.Capture;
import org.ikebana.vici.server.TestClient;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import org.ikebana.vici.wire.PacketType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin on a service that has no peers. */
@Timeout(60)
class ViciPluginTest {
    @TempDir
    private Path folder;

    private KernelBackend kernel;
    private IkeService service;
    private ServiceControl control;
    private ControlPlugin.Opened vici;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        kernel = new MemoryKernelProvider().open(Map.of("bind", "127.0.0.1"));
        service = IkeService.start(
                kernel,
                CryptoRegistry.standard(),
                IkeSettings.DEFAULT.changed().port(0).natPort(0).build(),
                event -> {});
        DaemonFacts facts = new DaemonFacts("1.2.3", Instant.now(), List.of("vici"), Path.of("."), Map.of());
        control = new ServiceControl(service, CryptoRegistry.standard(), facts, c -> {
            throw new ReloadException("swanctl.conf:7: a mistake");
        });
        Path socket = folder.resolve("vici");
        vici = new ViciPlugin().open(control, Map.of("socket", socket.toString()));
        vici.begin();
        client = new TestClient(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        vici.close();
        service.close();
        kernel.close();
    }

    @Test
    void keysAreForRootAlone() throws Exception {
        Message request = Message.with().put("ike", "site").put("seconds", 1).build();
        UserPrincipal somebody =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("65534");
        for (Optional<UserPrincipal> peer : List.of(Optional.<UserPrincipal>empty(), Optional.of(somebody))) {
            Caller caller = new Caller() {
                @Override
                public Optional<UserPrincipal> peer() {
                    return peer;
                }

                @Override
                public void stream(String event, Message message) {
                    throw new AssertionError("told " + event);
                }
            };
            assertThat(new Capture(control).run(request, caller).text("errmsg"))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("only root"));
        }
        assertThat(ask("capture", request).text("errmsg")).contains("there is no connection site");
    }

    @Test
    void saysWhatItIs() throws Exception {
        Message version = ask("version", Message.EMPTY);
        assertThat(version.text("daemon")).contains("ikebana");
        assertThat(version.text("version")).contains("1.2.3");
        assertThat(ask("stats", Message.EMPTY).list("plugins")).containsExactly("vici");
    }

    /** What has come by command goes by command, and what stands in a file of the same name is back then. */
    @Test
    void connectionsOfFilesAndOfCommands() throws Exception {
        control.configure(
                List.of(connection("a", "192.0.2.1"), connection("b", "192.0.2.2")), new SharedKeys(List.of()));
        control.load(List.of(connection("b", "192.0.2.22"), connection("c", "192.0.2.3")));

        assertThat(ask("get-conns", Message.EMPTY).list("conns")).containsExactly("b", "c");
        assertThat(remotes()).containsExactlyInAnyOrder("a 192.0.2.1", "b 192.0.2.22", "c 192.0.2.3");

        control.configure(List.of(connection("b", "192.0.2.2")), new SharedKeys(List.of()));
        assertThat(remotes()).containsExactlyInAnyOrder("b 192.0.2.22", "c 192.0.2.3");

        for (String name : List.of("b", "c")) {
            assertThat(ask("unload-conn", Message.with().put("name", name).build())
                            .text("success"))
                    .contains("yes");
        }
        assertThat(remotes()).containsExactly("b 192.0.2.2");
        assertThat(ask("unload-conn", Message.with().put("name", "b").build()).text("errmsg"))
                .contains("unload: connection 'b' not found");
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        Message answer = ask("reload-settings", Message.EMPTY);
        assertThat(answer.text("success")).contains("no");
        assertThat(answer.text("errmsg")).contains("swanctl.conf:7: a mistake");
    }

    @Test
    void everyErrorHasItsWords() throws Exception {
        assertError("initiate", Message.EMPTY, "missing configuration name");
        assertError("initiate", Message.with().put("child", "x").build(), "CHILD_SA config 'x' not found");
        assertError("initiate", Message.with().put("ike", "x").build(), "IKE_SA config 'x' not found");
        assertError("terminate", Message.EMPTY, "missing terminate selector");
        assertError("terminate", Message.with().put("ike-id", "x").build(), "missing terminate selector");
        assertError("terminate", Message.with().put("ike-id", "7").build(), "no matching SAs to terminate found");
        assertError("rekey", Message.EMPTY, "missing rekey selector");
        assertError("rekey", Message.with().put("child", "x").build(), "no matching SAs to rekey found");
        assertError("install", Message.EMPTY, "missing configuration name");
        assertError("install", Message.with().put("child", "x").build(), "configuration name not found");
        assertError("uninstall", Message.with().put("child", "x").build(), "policy 'x' not found");
        assertError("unload-conn", Message.EMPTY, "unload: missing connection name");
        assertError("unload-pool", Message.with().put("name", "x").build(), "x not found");
        assertError("get-counters", Message.with().put("name", "x").build(), "no counters found for this connection");
        assertError("reset-counters", Message.with().put("name", "x").build(), "no counters found for this connection");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ViciOptions.of(Map.of("mode", "rw")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0660");
        for (String tcp : List.of("4502", "localhost:x", "127.0.0.1:70000")) {
            assertThatThrownBy(() -> ViciOptions.of(Map.of("tcp", tcp)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("control.vici.tcp in ikebana.conf is '" + tcp);
        }
    }

    @Test
    void whereItCannotListenItSaysWhy() {
        Map<String, String> options = Map.of("socket", "/proc/nowhere/vici");
        assertThatThrownBy(() -> new ViciPlugin().open(control, options))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("vici cannot listen at /proc/nowhere/vici")
                .hasMessageContaining("ikebana.conf");
    }

    private void assertError(String command, Message request, String error) throws Exception {
        Message answer = ask(command, request);
        assertThat(answer.text("success")).as(command).contains("no");
        assertThat(answer.text("errmsg")).as(command).contains(error);
    }

    private List<String> remotes() throws Exception {
        client.register("list-conn");
        client.send(PacketType.CMD_REQUEST, "list-conns", Message.EMPTY);
        List<String> remotes = new java.util.ArrayList<>();
        for (Packet next = client.receive(); next.type() == PacketType.EVENT; next = client.receive()) {
            next.message()
                    .sections()
                    .forEach(s -> remotes.add(
                            s.name() + " " + s.content().list("remote_addrs").getFirst()));
        }
        return remotes;
    }

    private Message ask(String command, Message request) throws Exception {
        Packet answer = client.ask(command, request);
        assertThat(answer.type()).isEqualTo(PacketType.CMD_RESPONSE);
        return answer.message();
    }

    private static ConnectionConfig connection(String name, String remote) throws Exception {
        return ConnectionConfig.named(name)
                .remoteAddresses(List.of(new AddressSpec.Exact(InetAddress.getByName(remote))))
                .build();
    }
}
