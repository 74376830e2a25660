package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.ts.SelectorSyntax;
import org.junit.jupiter.api.Test;

/** A gateway as administrators of strongSwan set it up: templates, a file for each site, secrets apart. */
class SiteToSiteTest {
    private static final InMemoryFiles FILES = InMemoryFiles.of("/etc/swanctl/swanctl.conf", """
                    # Hub of the company's VPN.
                    hub {                       # what all connections share
                        version = 2
                        local_addrs = 203.0.113.1
                        proposals = aes256gcm16-prfsha384-ecp384, aes256-sha256-modp2048   # for old routers
                        dpd_delay = 30s
                        dpd_timeout = 10s
                        local { auth = psk
                                id = hub.example.com }
                        remote {
                            auth = psk
                        }
                    }

                    site-net {
                        local_ts = 10.0.0.0/16, 10.250.0.0/24
                        esp_proposals = aes256gcm16-ecp384
                        start_action = trap
                        dpd_action = restart
                        rekey_time = 2h
                        copy_dscp = yes
                    }

                    connections {
                        include sites/*.conf
                    }

                    # kept readable for root only
                    include secrets.conf
                    """)
            .with("/etc/swanctl/sites/berlin.conf", """
                    berlin : hub {
                        remote_addrs = berlin.example.com
                        remote { id = berlin.example.com }
                        children {
                            lan : site-net {
                                remote_ts = 10.1.0.0/16
                            }
                            voice : site-net {
                                remote_ts = 10.129.0.0/16[udp/5060-5061]
                                start_action =
                                rekey_time = 30m
                            }
                        }
                    }
                    """)
            .with("/etc/swanctl/sites/oslo.conf", """
                    # The same box, another address.
                    oslo : connections.berlin {
                        remote_addrs = 198.51.100.7
                        remote { id = @oslo }
                        dpd_delay =
                        children { voice { mark_out = 0x20/0xff } }
                    }
                    """)
            .with("/etc/swanctl/sites/paris.conf.disabled", "paris : hub { }")
            .with("/etc/swanctl/secrets.conf", """
                    secrets {
                        ike-berlin {
                            id = berlin.example.com
                            secret = 0sc3Ryb25nIGFuZCBsb25nIGVub3VnaA==
                        }
                        ike-oslo { id-1 = @oslo
                            id-2 = hub.example.com
                            secret = 0x00112233445566778899aabbccddeeff }
                    }
                    """);

    @Test
    void templatesAndFilesAddUp() throws Exception {
        Configuration configuration = ConfigLoader.load(Path.of("/etc/swanctl"), FILES);
        assertThat(configuration.connections())
                .extracting(ConnectionConfig::name)
                .containsExactly("berlin", "oslo");

        ConnectionConfig berlin = configuration.connections().getFirst();
        assertThat(berlin.local().id()).isEqualTo(Identity.parse("hub.example.com"));
        assertThat(berlin.remote().id()).isEqualTo(Identity.parse("berlin.example.com"));
        assertThat(berlin.dpdDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(berlin.proposals()).hasSize(2);
        assertThat(berlin.place("proposals")).hasToString("/etc/swanctl/swanctl.conf:5");
        assertThat(berlin.place("remote.id")).hasToString("/etc/swanctl/sites/berlin.conf:3");

        ChildConfig voice = child(berlin, "voice");
        assertThat(voice.localSelectors()).hasSize(2);
        assertThat(voice.startAction()).isEqualTo(StartAction.NONE);
        assertThat(voice.rekeyTime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(voice.flags()).isEqualTo(new SaFlags(true, true, true, true));
        ChildConfig lan = child(berlin, "lan");
        assertThat(lan.startAction()).isEqualTo(StartAction.TRAP);
        assertThat(lan.lifetimes().hardSeconds()).isEqualTo(7920);
    }

    @Test
    void aConnectionInheritsFromAnother() throws Exception {
        Configuration configuration = ConfigLoader.load(Path.of("/etc/swanctl"), FILES);
        ConnectionConfig oslo = configuration.connections().getLast();
        assertThat(oslo.remote().id()).isEqualTo(Identity.parse("@oslo"));
        assertThat(oslo.local().id()).isEqualTo(Identity.parse("hub.example.com"));
        assertThat(oslo.dpdDelay()).isEqualTo(Duration.ZERO);
        assertThat(oslo.children()).extracting(ChildConfig::name).containsExactly("voice", "lan");
        ChildConfig voice = child(oslo, "voice");
        assertThat(voice.markOut().value()).isEqualTo(0x20);
        assertThat(voice.remoteSelectors())
                .containsExactly(new SelectorSpec.Fixed(SelectorSyntax.parse("10.129.0.0/16[udp/5060-5061]")));
    }

    @Test
    void secretsAreDecoded() throws Exception {
        Configuration configuration = ConfigLoader.load(Path.of("/etc/swanctl"), FILES);
        assertThat(configuration.sharedKeys())
                .extracting(key -> key.secret().length())
                .containsExactly(22, 16);
    }

    @Test
    void whatIsIgnoredIsSaidOnceForTheTemplate() throws Exception {
        List<Problem> warnings =
                ConfigLoader.load(Path.of("/etc/swanctl"), FILES).warnings();
        assertThat(warnings)
                .extracting(Object::toString)
                .containsExactly("/etc/swanctl/swanctl.conf:7:5: 'dpd_timeout' is ignored; "
                        + "it is for IKEv1, which is not spoken here");
    }

    private static ChildConfig child(ConnectionConfig connection, String name) {
        return connection.children().stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
