package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ikebana.config.plan.LiveSas;
import org.ikebana.config.plan.Plan;
import org.ikebana.config.plan.PlanText;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.ike.kernel.Policy;
import org.junit.jupiter.api.Test;

/** {@code mode = pass} and {@code mode = drop}: children that need no peer. */
class ShuntConfigTest {
    private static final String SHUNTS = """
            connections {
              shunts {
                version = 2
                remote_addrs = 127.0.0.1
                children {
                  printer {
                    local_ts = 10.1.0.0/16
                    remote_ts = 10.1.9.0/24
                    mode = pass
                    start_action = trap
                  }
                  rest {
                    local_ts = 10.1.0.0/16
                    remote_ts = 0.0.0.0/0
                    mode = drop
                    start_action = %s
                  }
                }
              }
            }
            """;

    private static Configuration load(String startAction) throws Exception {
        return ConfigLoader.load(Path.of("f"), InMemoryFiles.of("f", SHUNTS.formatted(startAction)));
    }

    /** As strongSwan's users write it: nobody authenticates, as nobody is there. */
    @Test
    void needNoAuthentication() throws Exception {
        Configuration configuration = load("trap");
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.connections()).singleElement().satisfies(connection -> {
            assertThat(connection.isOfShunts()).isTrue();
            assertThat(connection.children())
                    .extracting(child -> child.shunt().orElseThrow())
                    .containsExactly(Policy.Action.ALLOW, Policy.Action.BLOCK);
        });
        assertThat(StrongswanDifferences.of(configuration)).isEmpty();
    }

    @Test
    void areExplained() throws Exception {
        assertThat(Explanation.of(load("none"))).endsWith("""
                connection shunts
                  child printer
                    pass 10.1.0.0/16 <-> 10.1.9.0/24
                    stands as long as the daemon runs
                  child rest
                    drop 10.1.0.0/16 <-> 0.0.0.0/0
                    waits for a command
                """);
    }

    /** strongSwan would call 127.0.0.1. */
    @Test
    void standWithStartToo() throws Exception {
        assertThat(StrongswanDifferences.of(load("start")))
                .extracting(Object::toString)
                .containsExactly(
                        "f:16: start_action = start: strongSwan would negotiate a tunnel, whatever mode = pass or"
                                + " drop says; here the policies are installed, as with trap");
    }

    @Test
    void areChangedByThemselves() throws Exception {
        Configuration before = load("trap");
        String other = SHUNTS.formatted("trap").replace("0.0.0.0/0", "10.0.0.0/8");
        Configuration now = ConfigLoader.load(Path.of("f"), InMemoryFiles.of("f", other));
        assertThat(PlanText.of(Plan.between(before, now), LiveSas.UNKNOWN)).isEqualTo("""
                ~ connection shunts: goes on: its IKE SAs stay, and the children that are left alone
                  = child printer: left alone: its policies stay
                  ! child rest: replaced: what it was goes once its policies, or its trap, stand
                      - remote_ts = 0.0.0.0/0
                      + remote_ts = 10.0.0.0/8    # f:14
                """);
    }
}
