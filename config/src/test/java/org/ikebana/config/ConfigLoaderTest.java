package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ConfigLoaderTest {
    /** With {@code ocsp = reply}. */
    private static AuthConfig local(Identity identity) {
        return new AuthConfig(AuthConfig.Method.PSK, identity, PublicKeyAuth.ANY.withInBandStatus(true));
    }

    private static final String SITE_TO_SITE = """
            connections {
                gw-gw {
                    version = 2
                    local_addrs = 192.0.2.1
                    remote_addrs = gw-b.example.com, 198.51.100.0/24
                    proposals = aes256gcm16-prfsha384-ecp384, default
                    local {
                        auth = psk
                        id = gw-a.example.com
                    }
                    remote {
                        auth = psk
                        id = @gw-b.example.com
                    }
                    children {
                        net-net {
                            local_ts = 10.1.0.0/16
                            remote_ts = 10.2.0.0/16[tcp/80], dynamic[udp]
                            esp_proposals = aes128gcm16-x25519
                            start_action = trap|start
                            dpd_action = restart
                        }
                    }
                }
            }
            secrets {
                ike-gw {
                    id-a = gw-a.example.com
                    id-b = gw-b.example.com
                    secret = "correct horse"
                }
            }
            """;

    @Test
    void readsASiteToSiteConnection() throws Exception {
        Configuration configuration = load(SITE_TO_SITE);
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.settings()).isEqualTo(IkeSettings.DEFAULT);
        assertThat(configuration.daemon()).isEqualTo(DaemonSettings.DEFAULT);
        ConnectionConfig connection = configuration.connections().getFirst();
        assertThat(connection.name()).isEqualTo("gw-gw");
        assertThat(connection.localAddresses())
                .containsExactly(new AddressSpec.Exact(InetAddress.ofLiteral("192.0.2.1")));
        assertThat(connection.remoteAddresses())
                .containsExactly(
                        new AddressSpec.Name("gw-b.example.com"),
                        new AddressSpec.Range(
                                InetAddress.ofLiteral("198.51.100.0"), InetAddress.ofLiteral("198.51.100.255")));
        assertThat(connection.proposals())
                .isEqualTo(ProposalSyntax.parseList(ProtocolId.IKE, "aes256gcm16-prfsha384-ecp384,default"));
        assertThat(connection.local().withoutPlaces()).isEqualTo(local(Identity.parse("gw-a.example.com")));
        assertThat(connection.remote().withoutPlaces())
                .isEqualTo(new AuthConfig(AuthConfig.Method.PSK, Identity.parse("gw-b.example.com")));
        assertThat(connection.place("remote.id")).hasToString("/etc/swanctl/swanctl.conf:13");
        ChildConfig child = connection.children().getFirst();
        assertThat(child.name()).isEqualTo("net-net");
        assertThat(child.localSelectors()).containsExactly(new SelectorSpec.Fixed(SelectorSyntax.parse("10.1.0.0/16")));
        assertThat(child.remoteSelectors())
                .containsExactly(
                        new SelectorSpec.Fixed(SelectorSyntax.parse("10.2.0.0/16[tcp/80]")),
                        new SelectorSpec.Dynamic(17, 0, 65535));
        assertThat(child.proposals()).isEqualTo(ProposalSyntax.parseList(ProtocolId.ESP, "aes128gcm16-x25519"));
        assertThat(child.startAction()).isEqualTo(StartAction.TRAP_AND_START);
        assertThat(child.dpdAction()).isEqualTo(StartAction.START);
        assertThat(child.place("local_ts").line()).isEqualTo(17);
        SharedKey key = configuration.sharedKeys().getFirst();
        assertThat(key.name()).isEqualTo("ike-gw");
        assertThat(key.owners())
                .containsExactly(Identity.parse("gw-a.example.com"), Identity.parse("gw-b.example.com"));
        assertThat(key.secret().bytes()).isEqualTo("correct horse".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void defaultsAreThoseOfStrongSwan() throws Exception {
        ConnectionConfig connection = load("""
                connections { c { remote_addrs = 192.0.2.2
                  local { auth = psk }
                  remote { auth = psk }
                  children { n { } } } }
                secrets { ike { secret = x } }
                """).connections().getFirst();
        ChildConfig child = connection.children().getFirst();
        assertThat(connection)
                .isEqualTo(ConnectionConfig.named("c")
                        .localAddresses(List.of(new AddressSpec.Any()))
                        .remoteAddresses(List.of(new AddressSpec.Exact(InetAddress.ofLiteral("192.0.2.2"))))
                        .localPort(500)
                        .remotePort(500)
                        .proposals(ProposalSyntax.defaults(ProtocolId.IKE))
                        .rekeyTime(Duration.ofHours(4))
                        .overTime(Duration.ofMinutes(24))
                        .randTime(Duration.ofMinutes(24))
                        .dpdDelay(Duration.ZERO)
                        .forceEncap(false)
                        .mobike(true)
                        .fragmentation(Fragmentation.YES)
                        .keyingTries(0)
                        .unique(UniquePolicy.NO)
                        .local(local(Identity.ANY).with(connection.local().places()))
                        .remote(new AuthConfig(AuthConfig.Method.PSK, Identity.ANY)
                                .with(connection.remote().places()))
                        .children(List.of(child))
                        .places(connection.places())
                        .build());
        assertThat(child)
                .isEqualTo(ChildConfig.named("n")
                        .localSelectors(List.of(new SelectorSpec.Dynamic(0, 0, 65535)))
                        .remoteSelectors(List.of(new SelectorSpec.Dynamic(0, 0, 65535)))
                        .proposals(ProposalSyntax.defaults(ProtocolId.ESP))
                        .mode(SaMode.TUNNEL)
                        .startAction(StartAction.NONE)
                        .closeAction(StartAction.NONE)
                        .dpdAction(StartAction.NONE)
                        .rekeyTime(Duration.ofHours(1))
                        .randTime(Duration.ofMinutes(6))
                        .lifetimes(new Lifetimes(3600, 3960, 0, 0, 0, 0))
                        .randBytes(0)
                        .randPackets(0)
                        .replayWindow(32)
                        .tfcPadding(0)
                        .reqid(0)
                        .priority(0)
                        .markIn(Mark.NONE)
                        .markOut(Mark.NONE)
                        .ifIdIn(0)
                        .ifIdOut(0)
                        .flags(SaFlags.DEFAULT)
                        .places(child.places())
                        .build());
    }

    @Test
    void withoutProtectionNoThresholdIsInEffect() throws Exception {
        var files = InMemoryFiles.of("d/swanctl.conf", "").with("d/ikebana.conf", """
                        dos_protection = no
                        cookie_threshold = 100
                        init_limit_half_open = 1000
                        """);
        assertThat(ConfigLoader.load(Path.of("d"), files).settings())
                .isEqualTo(IkeSettings.DEFAULT
                        .changed()
                        .cookieThreshold(0)
                        .cookieThresholdPerAddress(0)
                        .blockThresholdPerAddress(0)
                        .halfOpenLimit(1000)
                        .build());
    }

    @Test
    void anInterfaceNeedsAnIfIdOfItsOwn() {
        var files = InMemoryFiles.of("/etc/swanctl/swanctl.conf", "").with("/etc/swanctl/ikebana.conf", """
                        xfrm {
                          interfaces {
                            vti-b {
                              if_id = 42
                            }
                            vti-c {
                              if_id = 42
                            }
                            vti-d {
                              addresses = 169.254.1.1/30
                            }
                            much-too-long-a-name {
                              if_id = 44
                              addresses = 169.254.1.1/33
                            }
                          }
                        }
                        """);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(Path.of("/etc/swanctl"), files))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line).contains(":7:", "vti-c has the if_id of vti-b"),
                                line -> assertThat(line).contains(":9:", "the interface vti-d has no if_id"),
                                line -> assertThat(line).contains(":12:", "no name of an interface"),
                                line -> assertThat(line).contains(":14:", "33", "32")));
    }

    @Test
    void readsSettings() throws Exception {
        var files = InMemoryFiles.of("/etc/swanctl/swanctl.conf", "").with("/etc/swanctl/ikebana.conf", """
                        kernel = tun
                        crypto = standard
                        tun {
                          name = ipsec%d
                          mtu = 1400
                          table = 0x7ffd
                          mark = 0x2a
                          workers = 2
                        }
                        xfrm {
                          routes = yes
                          table = 0xdd
                          interface = ike%d
                          interfaces {
                            vti-b {
                              if_id = 0x2a
                              addresses = 169.254.1.1/30, fd00::1/64
                            }
                            vti-c {
                              if_id = 43
                            }
                          }
                        }
                        log_level = debug
                        log_context = yes
                        log_levels {
                          net = trace
                          config = error
                        }
                        port = 5500
                        port_nat_t = 5501
                        retransmit_timeout = 0.5
                        retransmit_base = 1.5
                        retransmit_tries = 7
                        retransmit_jitter = 20
                        half_open_timeout = 1m
                        cookie_threshold = 100
                        cookie_threshold_ip = 10
                        block_threshold = 0
                        init_limit_half_open = 1000
                        init_limit_job_load = 500
                        keep_alive = 15s
                        fragment_size = 1400
                        ppk_intermediate = no
                        announce_auth_methods = no
                        state_dir = /srv/ikebana/../state
                        quick_crash_detection = no
                        control {
                          vici {
                            enabled = no
                            socket = /run/vici
                            mode = 600
                            group = wheel
                            tcp = 127.0.0.1:4502
                          }
                          metrics {
                            enabled = yes
                            listen = [::1]:9405
                          }
                          status-page {
                            enabled = yes
                          }
                        }
                        """);
        Configuration configuration = ConfigLoader.load(Path.of("/etc/swanctl"), files);
        assertThat(configuration.daemon())
                .isEqualTo(new DaemonSettings(
                        "tun",
                        "standard",
                        new LogSettings(
                                Level.DEBUG, Map.of(Subsystem.NET, Level.TRACE, Subsystem.CONFIG, Level.ERROR), true),
                        Path.of("/srv/state"),
                        Map.of("name", "ipsec%d", "mtu", "1400", "table", "32765", "mark", "42", "workers", "2"),
                        Map.of(
                                "routes",
                                "true",
                                "table",
                                "221",
                                "interface",
                                "ike%d",
                                "interfaces",
                                "vti-b 42 169.254.1.1/30 fd00:0:0:0:0:0:0:1/64;vti-c 43"),
                        Map.of(),
                        Map.of(
                                "vici",
                                Map.of(
                                        "enabled", "false",
                                        "socket", "/run/vici",
                                        "mode", "600",
                                        "group", "wheel",
                                        "tcp", "127.0.0.1:4502"),
                                "metrics",
                                Map.of("enabled", "true", "listen", "[::1]:9405"),
                                "status-page",
                                Map.of("enabled", "true"))));
        assertThat(configuration.settings())
                .isEqualTo(IkeSettings.DEFAULT
                        .changed()
                        .port(5500)
                        .natPort(5501)
                        .retransmitTimeout(Duration.ofMillis(500))
                        .retransmitBase(1.5)
                        .retransmitTries(7)
                        .retransmitJitterPercent(20)
                        .halfOpenTimeout(Duration.ofMinutes(1))
                        .cookieThreshold(100)
                        .cookieThresholdPerAddress(10)
                        .blockThresholdPerAddress(0)
                        .halfOpenLimit(1000)
                        .waitingLimit(500)
                        .natKeepalive(Duration.ofSeconds(15))
                        .fragmentSize(1400)
                        .ppkIntermediate(false)
                        .announceAuthMethods(false)
                        .quickCrashDetection(false)
                        .build());
    }

    @Test
    void refusesFragmentsWithoutRoom() {
        var files = InMemoryFiles.of("d/swanctl.conf", "").with("d/ikebana.conf", "fragment_size = 100\n");
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("d"), files))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .matches(problem -> problem.toString().contains("leaves no room")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "%dipsec", "..", "sixteencharacter", "a b"})
    void refusesNamesThatNoDeviceCanHave(String name) {
        var files = InMemoryFiles.of("d/swanctl.conf", "").with("d/ikebana.conf", "tun { name = " + name + " }\n");
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("d"), files))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .matches(problem -> problem.toString().contains("no name of a device")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "253", "254", "0xff", "32766"})
    void refusesTablesThatAreNotFree(String table) {
        var files = InMemoryFiles.of("d/swanctl.conf", "").with("d/ikebana.conf", "tun { table = " + table + " }\n");
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("d"), files))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .matches(problem -> problem.toString().contains("table: ")));
    }

    @Test
    void settingsDefaultToThoseOfTheCore() throws Exception {
        var files = InMemoryFiles.of("/etc/swanctl/swanctl.conf", "").with("/etc/swanctl/ikebana.conf", "");
        Configuration configuration = ConfigLoader.load(Path.of("/etc/swanctl"), files);
        assertThat(configuration.settings()).isEqualTo(IkeSettings.DEFAULT);
        assertThat(configuration.daemon()).isEqualTo(DaemonSettings.DEFAULT);
    }

    @Test
    void reportsAllErrorsOfBothFilesAtOnce() {
        var files = InMemoryFiles.of("d/swanctl.conf", "a = 1\nconections { }")
                .with("d/ikebana.conf", "prot = 1\nport = 0");
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("d"), files))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        d/ikebana.conf:1:1: unknown key 'prot'; did you mean 'port'?
                        d/ikebana.conf:2:8: port: 0 is too small; write 1 to 65535
                        d/swanctl.conf:1:1: unknown key 'a'; remove it
                        d/swanctl.conf:2:1: unknown section 'conections'; did you mean 'connections'?""");
    }

    @Test
    void directoryWithoutAConfiguration() {
        var files = InMemoryFiles.of("d/conf.d/x.conf", "");
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("d"), files))
                .hasMessage("d/swanctl.conf: d/swanctl.conf cannot be read: there is no such file; "
                        + "check its name and its mode");
    }

    @Test
    void warnsOfSecretsThatOthersMayRead() throws Exception {
        var files = InMemoryFiles.of("d/swanctl.conf", "include conf.d/*.conf")
                .with("d/conf.d/secret.conf", "secrets { ike { secret = x } }")
                .readableByOthers("d/swanctl.conf")
                .readableByOthers("d/conf.d/secret.conf");
        assertThat(ConfigLoader.load(Path.of("d"), files).warnings())
                .extracting(Object::toString)
                .contains("d/conf.d/secret.conf: it holds secrets and others than its owner may read it; "
                        + "chmod 600 d/conf.d/secret.conf")
                .noneMatch(warning -> warning.startsWith("d/swanctl.conf"));
    }

    @Test
    void warnsOfFilesInConfDThatNothingIncludes() throws Exception {
        var files = InMemoryFiles.of("d/swanctl.conf", "include conf.d/a.conf")
                .with("d/conf.d/a.conf", "")
                .with("d/conf.d/b.conf", "")
                .with("d/conf.d/c.off", "");
        assertThat(ConfigLoader.load(Path.of("d"), files).warnings())
                .extracting(Object::toString)
                .containsExactly("d/conf.d/b.conf: this file is not read, as nothing includes it; "
                        + "add 'include conf.d/*.conf' to d/swanctl.conf");
    }

    private static Configuration load(String swanctlConf) throws ConfigException {
        return ConfigLoader.load(
                Path.of("/etc/swanctl/swanctl.conf"), InMemoryFiles.of("/etc/swanctl/swanctl.conf", swanctlConf));
    }

    @Test
    void whatOnlyTheKernelCanDoIsWarnedOfWithoutIt() throws Exception {
        String connection = """
                connections {
                  site {
                    remote_addrs = 192.0.2.2
                    local { auth = psk }
                    remote { auth = psk }
                    children {
                      net {
                        set_mark_in = %same/0xff
                        mark_in = 0x105
                        set_mark_out = 0/0
                        hw_offload = auto
                      }
                    }
                  }
                }
                secrets { ike { secret = s } }
                """;
        var files = InMemoryFiles.of("d/swanctl.conf", connection);
        Configuration withKernel = ConfigLoader.load(Path.of("d"), files);
        Configuration withTun = ConfigLoader.load(Path.of("d"), files.with("d/ikebana.conf", "kernel = tun"));

        assertThat(withKernel.connections().getFirst().children().getFirst().setMarkIn())
                .isEqualTo(new Mark(5, 0xff));
        assertThat(withKernel.warnings()).isEmpty();
        assertThat(withTun.warnings())
                .extracting(problem -> problem.place().line() + " " + problem.message())
                .containsExactly(
                        "8 'set_mark_in' has no effect with kernel = tun",
                        "11 'hw_offload' has no effect with kernel = tun");
    }
}
