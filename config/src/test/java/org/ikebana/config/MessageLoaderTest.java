package org.ikebana.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.config.syntax.MessageElement;
import org.ikebana.config.syntax.MessageElement.ItemList;
import org.ikebana.config.syntax.MessageElement.KeyValue;
import org.ikebana.config.syntax.MessageElement.SubSection;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code swanctl} sends means the same as the file that it has read. */
class MessageLoaderTest {
    @TempDir
    private Path directory = Path.of("");

    private MessageLoader loader() {
        return new MessageLoader(directory, Map.of());
    }

    @Test
    void aConnectionMeansWhatItsFileMeans() throws Exception {
        String template = "base { proposals = aes256gcm16-prfsha384-x25519, aes256-sha256-modp2048 }\n";
        assertSame("site-b", template + """
                connections {
                  site-b : base {
                    version = 2
                    local_addrs = 192.0.2.1, 192.0.2.3
                    remote_addrs = 198.51.100.7, peer.example.org
                    dpd_delay = 30s
                    encap = yes
                    local-1 {
                      certs = a.pem
                      id = a.example.org
                      round = 1
                    }
                    local-2 {
                      auth = psk
                      round = 2
                    }
                    remote {
                      id = b.example.org
                      cacerts = ca.pem
                      cert_policy = 1.2.3.4, 1.2.3.5
                    }
                    children {
                      lan {
                        local_ts = 10.1.0.0/16,10.3.0.0/16[tcp/80]
                        remote_ts = 10.2.0.0/16
                        esp_proposals = aes256gcm16, aes128gcm16
                        start_action = trap|start
                        mark_in = 0x5/0xff
                        rekey_bytes = 500M
                      }
                      voice {
                        remote_ts = 10.4.0.0/16
                        rekey_time = 30m
                      }
                    }
                  }
                }
                """);
    }

    @Test
    void rawPublicKeysComeInTheMessage() throws Exception {
        assertSame("raw", """
                connections {
                  raw {
                    remote_addrs = 198.51.100.9
                    local {
                      pubkeys = k.pub
                    }
                    remote {
                      pubkeys = k.pub
                    }
                    children { net { } }
                  }
                }
                """);
    }

    @Test
    void aCaComesWithItsServers() throws Exception {
        AuthorityUris authority =
                loader().authority(Captured.of("load-authority").section()).value();

        assertThat(authority.authority()).hasToString("\"CN=CA\"");
        assertThat(authority.lists()).containsExactly("http://pki.example.org/a.crl", "http://pki.example.org/b.crl");
    }

    @Test
    void whatIsWrongIsNamedByItsPath() {
        assertThat(problems(connection(
                        text("dpd_dealy", "30s"),
                        text("vips", "0.0.0.0"),
                        list("proposals", "aes256-sha256-modp2048", "aes255-sha256-modp2048"),
                        section("children", section("lan", list("local_ts", "10.1.0.0/33"), text("rekey_time", "x"))))))
                .contains(
                        "vici:site.dpd_dealy: unknown key 'dpd_dealy' in connections.<conn>; did you mean 'dpd_delay'?")
                .contains("vici:site.vips: 'vips' is not supported yet")
                .contains("vici:site.proposals: proposals: ")
                .contains("vici:site.children.lan.local_ts: local_ts: ")
                .contains("vici:site.children.lan.rekey_time: rekey_time: 'x' is not a time");
    }

    @Test
    void certificatesThatAreNoneAreNamedByTheirPath() {
        assertThat(problems(connection(section("local", list("certs", "garbage")))))
                .contains("vici:site.local.certs: what was sent is of no use: it holds a malformed certificate");
    }

    @Test
    void whatNoFileCouldSayIsRefused() {
        SubSection twice = connection(text("encap", "yes"), text("encap", "no"));
        assertThat(problems(twice)).contains("vici:site.encap: this stands in its section twice; send it once");
        assertThat(problems(connection(new KeyValue("encap", Octets.ofHex("ff")))))
                .contains("vici:site.encap: this is not UTF-8");
        assertThat(problems(new SubSection("si\nte", List.of()))).contains("vici:si?te: this is no name");
        assertThat(problems(connection(nested(100)))).contains("sections are nested more than 32 deep");
    }

    @Test
    void aReqidOfAnotherConnectionIsTaken() throws Exception {
        SubSection message = connection(
                text("remote_addrs", "192.0.2.2"),
                section("local", text("auth", "psk")),
                section("remote", text("auth", "psk")),
                section("children", section("lan", text("reqid", "7"))));
        ConnectionConfig first = loader().connection(message, List.of()).value();
        SubSection second = new SubSection("other", message.elements());

        assertThat(loader().connection(message, List.of(first)).value().sameSettings(first))
                .isTrue();
        assertThat(catchThrowableOfType(ConfigException.class, () -> loader().connection(second, List.of(first))))
                .hasMessageContaining("vici:other.children.lan.reqid: reqid 7 is taken by child 'site.lan'");
    }

    private void assertSame(String name, String file) throws Exception {
        put("x509/a.pem", Captured.of("load-cert").value("data"));
        put("x509ca/ca.pem", Captured.of("load-cert-ca").value("data"));
        put("pubkey/k.pub", Captured.of("load-cert-pubkey").value("data"));
        Files.writeString(directory.resolve("swanctl.conf"), file);
        Configuration fromFile = ConfigLoader.load(directory);

        MessageLoader.Loaded<ConnectionConfig> loaded =
                loader().connection(Captured.of("load-conn-" + name).section(), List.of());

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.value().sameSettings(fromFile.connections().getFirst()))
                .isTrue();
        assertThat(loaded.value().local().publicKey())
                .isEqualTo(fromFile.connections().getFirst().local().publicKey());
    }

    private void put(String file, Octets content) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content.toByteArray());
    }

    private String problems(SubSection message) {
        return catchThrowableOfType(ConfigException.class, () -> loader().connection(message, List.of()))
                .problems()
                .stream()
                .map(Object::toString)
                .collect(joining("\n"));
    }

    private static SubSection nested(int depth) {
        return depth == 0 ? section("end") : section("deep", nested(depth - 1));
    }

    private static SubSection connection(MessageElement... elements) {
        return section("site", elements);
    }

    private static SubSection section(String name, MessageElement... elements) {
        return new SubSection(name, List.of(elements));
    }

    private static KeyValue text(String key, String value) {
        return new KeyValue(key, octets(value));
    }

    private static ItemList list(String key, String... items) {
        return new ItemList(key, Stream.of(items).map(MessageLoaderTest::octets).toList());
    }

    private static Octets octets(String text) {
        return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
