package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What strongSwan documents of site-to-site tunnels loads as it is. */
class ScenariosTest {
    static List<String> scenarios() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(ScenariosTest.class.getResource("scenarios"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void allAreThere() throws Exception {
        assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(15);
    }

    /** Without a word. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void loadsAsItIs(String name) throws Exception {
        Configuration configuration = load(name);

        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.connections())
                .isNotEmpty()
                .allMatch(connection -> !connection.children().isEmpty());
    }

    @Test
    void meansWhatItSays() throws Exception {
        assertThat(child("net2net-start.conf").startAction()).isEqualTo(StartAction.START);
        assertThat(child("net2net-route.conf").startAction()).isEqualTo(StartAction.TRAP);
        assertThat(child("host2host-transport.conf").mode()).isEqualTo(SaMode.TRANSPORT);
        assertThat(child("net2net-xfrmi.conf").ifIdOut()).isEqualTo(1337);
        assertThat(child("net2net-vti.conf").markIn()).isEqualTo(new Mark(42, -1));
        assertThat(child("net2net-psk.conf").lifetimes().softBytes()).isEqualTo(500_000_000);
        assertThat(load("net2net-psk.conf").sharedKeys()).hasSize(3);
        assertThat(load("net2net-gw.conf").connections()).hasSize(2);
        assertThat(load("protoport-dual.conf").connections().getFirst().children())
                .extracting(ChildConfig::remoteSelectors)
                .hasToString("[[10.2.0.0/16[icmp]], [10.2.0.0/16[tcp]]]");
        assertThat(load("net2net-ppk.conf").connections())
                .extracting(ConnectionConfig::ppk)
                .allMatch(ppk -> ppk.required());
    }

    private static ChildConfig child(String name) throws Exception {
        return load(name).connections().getFirst().children().getFirst();
    }

    private static Configuration load(String name) throws Exception {
        return ConfigLoader.load(
                Path.of("etc/swanctl.conf"),
                InMemoryFiles.of("etc/swanctl.conf", text(name))
                        .with(
                                absolute("x509/a.pem"),
                                Captured.of("load-cert").value("data").toByteArray())
                        .with(
                                absolute("x509ca/ca.pem"),
                                Captured.of("load-cert-ca").value("data").toByteArray())
                        .with(
                                absolute("pubkey/k.pub"),
                                Captured.of("load-cert-pubkey").value("data").toByteArray()));
    }

    private static String absolute(String file) {
        return Path.of("etc").toAbsolutePath().resolve(file).toString();
    }

    private static String text(String name) throws IOException {
        try (var in = Objects.requireNonNull(ScenariosTest.class.getResourceAsStream("scenarios/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
