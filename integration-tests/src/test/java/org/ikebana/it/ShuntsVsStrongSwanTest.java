package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.junit.jupiter.api.Test;

/**
 * Policies without SAs, which need no ESP of the kernel: the same {@code swanctl.conf} gives the same policies as with strongSwan,
 * with the same priorities, and {@code swanctl} says the same of them.
 */
@NetnsTest
class ShuntsVsStrongSwanTest {
    private static final String CONF = """
            connections {
              site {
                version = 2
                local_addrs = 192.0.2.1
                remote_addrs = 192.0.2.2
                local {
                  auth = psk
                  id = west.example
                }
                remote {
                  auth = psk
                  id = east.example
                }
                children {
                  net {
                    local_ts = 10.1.0.0/16
                    remote_ts = 10.2.0.0/16
                    policies_fwd_out = yes
                    start_action = trap
                  }
                }
              }
              shunts {
                version = 2
                remote_addrs = 127.0.0.1
                children {
                  shell {
                    local_ts = 10.1.0.0/24[tcp/22]
                    remote_ts = 10.2.5.0/24
                    mode = pass
                    start_action = trap
                  }
                  rest {
                    local_ts = 10.1.0.0/16
                    remote_ts = 10.2.6.0/24,10.2.7.0/24
                    mode = drop
                    start_action = trap
                  }
                  marked {
                    remote_ts = 10.5.0.0/24
                    mode = drop
                    mark_in = 5
                    mark_out = 6/0xff
                    priority = 99
                    policies_fwd_out = yes
                    start_action = trap
                  }
                  neighbours {
                    local_ts = fe80::/10[ipv6-icmp]
                    remote_ts = fe80::/10[ipv6-icmp]
                    mode = pass
                    start_action = trap
                  }
                  later {
                    local_ts = 10.1.0.0/16
                    remote_ts = 10.3.0.0/24
                    mode = drop
                  }
                }
              }
            }
            secrets {
              ike {
                secret = "correct horse battery staple"
              }
            }
            """;

    private static final Pattern REQID = Pattern.compile("reqid \\d+");

    @Test
    void givesThePoliciesThatStrongSwanGives(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan strongSwan = StrongSwan.start(sites.west().gateway(), CONF, StrongSwanSettings.kernelEsp());
        List<String> theirs = policies(sites);
        List<String> theirWords =
                words(arguments -> strongSwan.swanctl(arguments).tryRun().output());
        List<String> theirsLater = policies(sites);
        strongSwan.stop();
        assertThat(policies(sites)).isEmpty();

        IkebanaDaemon ikebana = IkebanaDaemon.start(
                sites.west().gateway(), Map.of("swanctl.conf", CONF, "ikebana.conf", "kernel = xfrm\n"));
        ikebana.awaitLog("shunts/neighbours: pass policy installed");
        assertThat(policies(sites)).containsExactlyElementsOf(theirs);
        assertThat(words(arguments -> ikebana.swanctl(arguments).tryRun().output()))
                .containsExactlyElementsOf(theirWords);
        assertThat(policies(sites)).containsExactlyElementsOf(theirsLater);
        ikebana.stop();
        assertThat(policies(sites)).isEmpty();
    }

    private interface Swanctl {
        String output(String... arguments);
    }

    private static List<String> words(Swanctl swanctl) {
        return List.of(
                swanctl.output("--list-conns"),
                swanctl.output("--list-pols"),
                swanctl.output("--list-pols", "--pass"),
                swanctl.output("--list-pols", "--drop", "--raw"),
                swanctl.output("--install", "--child", "later"),
                swanctl.output("--list-pols", "--child", "later"),
                swanctl.output("--uninstall", "--child", "rest"),
                swanctl.output("--uninstall", "--child", "rest"),
                swanctl.output("--list-pols"));
    }

    /** Each in one line, in no order of time; without those of sockets. */
    private static List<String> policies(TwoSites sites) {
        String printed = sites.west().gateway().exec("ip", "xfrm", "policy").run();
        return Arrays.stream(printed.split("\n(?=src )"))
                .map(policy -> policy.lines().map(String::strip).collect(Collectors.joining(" ")))
                .filter(policy -> !policy.isBlank() && !policy.contains("socket "))
                .map(policy -> REQID.matcher(policy).replaceAll("reqid N"))
                .sorted()
                .toList();
    }
}
