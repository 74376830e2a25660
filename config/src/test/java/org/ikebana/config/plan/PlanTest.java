package org.ikebana.config.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.Samples;
import org.ikebana.config.schema.SectionType;
import org.ikebana.config.schema.Support;
import org.ikebana.config.schema.SwanctlTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a changed configuration does is said before it is done. */
class PlanTest {
    private static final String BEFORE = """
            connections {
              site-a {
                remote_addrs = 192.0.2.1
                local { auth = psk }
                remote { auth = psk }
                children {
                  lan {
                    remote_ts = 10.1.0.0/16
                    start_action = start
                  }
                  voice {
                    remote_ts = 10.2.0.0/16
                    start_action = start
                  }
                  old {
                    remote_ts = 10.3.0.0/16
                  }
                }
              }
              site-b {
                remote_addrs = 192.0.2.2
                local_port = 501
                local { auth = psk }
                remote { auth = psk }
                children {
                  net { }
                }
              }
              site-c {
                remote_addrs = 192.0.2.3
                local { auth = psk }
                remote { auth = psk }
                children { net { } }
              }
            }
            secrets {
              ike-a {
                secret = correct horse
              }
            }
            """;

    private static final String NOW = """
            connections {
              site-a {
                remote_addrs = 192.0.2.1
                local { auth = psk }
                remote { auth = psk }
                children {
                  lan {
                    remote_ts = 10.1.0.0/16, 10.9.0.0/16[tcp]
                    start_action = start
                  }
                  voice {
                    remote_ts = 10.2.0.0/16
                    start_action = start
                  }
                  new {
                    remote_ts = 10.4.0.0/16
                  }
                }
              }
              site-b {
                remote_addrs = 192.0.2.2
                local_port = 502
                local { auth = psk }
                remote { auth = psk }
                children {
                  net { }
                }
              }
              site-d {
                remote_addrs = 192.0.2.4
                local { auth = psk }
                remote { auth = psk }
                children { net { } }
              }
            }
            secrets {
              ike-a {
                secret = battery staple
              }
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    private Configuration load(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return ConfigLoader.load(file);
    }

    private Plan plan(String before, String now) throws Exception {
        return Plan.between(load("before.conf", before), load("now.conf", now));
    }

    @Test
    void whatAnIkeSaTakesOnInterruptsNothing() throws Exception {
        String now = BEFORE.replace("local_port = 501", "local_port = 501\n    dpd_delay = 1m\n    keyingtries = 3");
        assertThat(PlanText.of(plan(BEFORE, now), LiveSas.UNKNOWN).replace(folder + "/", ""))
                .contains("""
                        ~ connection site-b: changed without interruption: its SAs stay
                            - dpd_delay = 0s
                            + dpd_delay = 1m    # now.conf:23
                            - keyingtries = 0
                            + keyingtries = 3    # now.conf:24
                          = child net: left alone: its SAs stay
                        """);
    }

    @Test
    void readsLikeADiff() throws Exception {
        String text = PlanText.of(plan(BEFORE, NOW), LiveSas.UNKNOWN).replace(folder + "/", "");

        assertThat(text).isEqualTo("""
                ~ connection site-a: goes on: its IKE SAs stay, and the children that are left alone
                  ! child lan: replaced: its SAs are deleted, and others negotiated on the IKE SA that is there
                      - remote_ts = 10.1.0.0/16
                      + remote_ts = 10.1.0.0/16, 10.9.0.0/16[tcp]    # now.conf:8
                  = child voice: left alone: its SAs stay
                  - child old: removed: its SAs are deleted
                  + child new: added
                ! connection site-b: restarted: its SAs are deleted and negotiated anew
                    - local_port = 501
                    + local_port = 502    # now.conf:22
                  ! child net: restarted: its SAs are deleted and negotiated anew
                - connection site-c: removed: its SAs are deleted
                  - child net: removed: its SAs are deleted
                + connection site-d: added
                  + child net: added
                ~ secrets.ike-a: changed, from the next authentication on
                """);
    }

    @Test
    void namesTheSasThatThereAre() throws Exception {
        LiveSas live = new LiveSas() {
            @Override
            public List<String> ofConnection(String connection) {
                return connection.equals("site-a") ? List.of("site-a[3]") : List.of();
            }

            @Override
            public List<String> ofChild(String connection, String child) {
                return connection.equals("site-a") ? List.of(child + "{7}") : List.of();
            }
        };

        assertThat(PlanText.of(plan(BEFORE, NOW), live))
                .contains("    site-a[3], stays\n", "      lan{7}, is deleted\n", "      voice{7}, stays\n");
    }

    @Test
    void nothingIsDoneWhereNothingHasChangedButItsPlace() throws Exception {
        Plan plan = plan(BEFORE, "# a comment\n" + BEFORE);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(PlanText.of(plan, LiveSas.UNKNOWN)).contains("= connection site-b: left alone", "nothing changes\n");
    }

    @Test
    void aChildThatIsWantedInAnotherWaySaysWhatThatMeans() throws Exception {
        Plan plan = plan(
                BEFORE,
                BEFORE.replaceFirst("start_action = start", "").replace("start_action = start", "start_action = trap"));

        assertThat(plan.connections().getFirst().children())
                .extracting(ChildPlan::effect)
                .containsExactly(Effect.UNWANTED, Effect.REDIRECTED, Effect.UNTOUCHED);
    }

    /** That {@code none} is written down counts, though it is the default. */
    @Test
    void anActionThatIsWrittenDownCounts() throws Exception {
        Plan plan =
                plan(BEFORE, BEFORE.replaceFirst("start_action = start", "start_action = start\nclose_action = none"));

        assertThat(plan.connections().getFirst().children().getFirst().differences())
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.before()).isEqualTo("(not given: it is brought back)");
                    assertThat(difference.now()).isEqualTo("none");
                });
        assertThat(plan.connections().getFirst().effect()).isEqualTo(Effect.UNTOUCHED);
    }

    @Test
    void settingsOfTheProgramNeedARestart() throws Exception {
        Configuration before = load("swanctl.conf", BEFORE);
        Files.writeString(folder.resolve("ikebana.conf"), "port = 5000\n");
        Plan plan = Plan.between(before, ConfigLoader.load(folder));

        assertThat(plan.needsRestart()).isTrue();
        assertThat(PlanText.of(plan, LiveSas.UNKNOWN)).endsWith("counts when the daemon is started again\n");
    }

    record Case(SectionType section, Key<?> key) {
        @Override
        public String toString() {
            return section.path() + " " + key.name();
        }
    }

    /** Some have one value only, or name files, or are for EAP alone. */
    static Stream<Case> keys() {
        List<String> left = List.of(
                "version", "round", "certs", "cacerts", "pubkeys", "cert_policy", "revocation", "eap_id", "aaa_id");
        return Stream.of(SwanctlTable.CONNECTION, SwanctlTable.LOCAL, SwanctlTable.REMOTE, SwanctlTable.CHILD)
                .flatMap(section -> section.keys().stream().map(key -> new Case(section, key)))
                .filter(row -> row.key.support() == Support.SUPPORTED && !left.contains(row.key.name()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyShowsWhereItStands(Case row) throws Exception {
        String name = row.key.name();
        Plan plan = plan(of(row.section, ""), of(row.section, name + " = " + Samples.of(row.key)));
        ConnectionPlan connection = plan.connections().getFirst();
        boolean isOfChild = row.section == SwanctlTable.CHILD || name.startsWith("if_id");
        List<Difference> differences =
                isOfChild ? connection.children().getFirst().differences() : connection.differences();

        String path = row.section == SwanctlTable.LOCAL || row.section == SwanctlTable.REMOTE
                ? row.section.path().replaceAll(".*\\.(\\w+)<suffix>", "$1.") + name
                : name;
        assertThat(differences)
                .filteredOn(difference -> difference.key().equals(path))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.before()).isNotEqualTo(difference.now());
                    assertThat(difference.place().line()).isEqualTo(line(row));
                });
    }

    private static int line(Case row) {
        if (row.section == SwanctlTable.CONNECTION) {
            return 4;
        }
        return row.section == SwanctlTable.LOCAL ? 6 : row.section == SwanctlTable.REMOTE ? 9 : 13;
    }

    private static String of(SectionType section, String setting) {
        return """
                connections { c { remote_addrs = 192.0.2.2 } c { children { n { rekey_bytes = 1g } } } }
                connections {
                  c {
                    %s
                    local {
                      %s
                    }
                    remote {
                      %s
                    }
                    children { n {
                      # or here
                      %s
                    } }
                  }
                }
                connections { c { local-2 { auth = psk } remote-2 { auth = psk } } }
                secrets { ppk { secret = something } }
                """.formatted(
                        section == SwanctlTable.CONNECTION ? setting : "",
                        section == SwanctlTable.LOCAL ? setting : "",
                        section == SwanctlTable.REMOTE ? setting : "",
                        section == SwanctlTable.CHILD ? setting : "");
    }
}
