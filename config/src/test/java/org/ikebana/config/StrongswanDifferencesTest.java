package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.ikebana.config.StrongswanDifferences.Difference;
import org.ikebana.config.syntax.InMemoryFiles;
import org.junit.jupiter.api.Test;

class StrongswanDifferencesTest {
    private static List<Difference> differences(String connection, String child) throws ConfigException {
        return StrongswanDifferences.of(
                ConfigLoader.load(Path.of("f"), InMemoryFiles.of("f", """
                connections {
                  site {
                    remote_addrs = 192.0.2.2
                    local { auth = psk }
                    remote { auth = psk }
                    %s
                    children {
                      one {
                        remote_ts = 10.1.0.0/16
                        %s
                      }
                      two {
                        remote_ts = 10.2.0.0/16
                        %s
                      }
                    }
                  }
                }
                """.formatted(connection, child, child))));
    }

    @Test
    void saysWhatATunnelDoesThatIsKeptUp() throws Exception {
        assertThat(differences("reauth_time = 3h", "start_action = start"))
                .extracting(Difference::toString)
                .satisfiesExactly(
                        version -> assertThat(version).startsWith("f:2: version is not given"),
                        tries -> assertThat(tries).startsWith("f:2: keyingtries is not given"),
                        reauthentication -> assertThat(reauthentication).startsWith("f:6: reauth_time"),
                        start -> assertThat(start).startsWith("f:10 (and at 1 more): start_action = start"),
                        close -> assertThat(close).startsWith("f:8 (and at 1 more): close_action is not given"),
                        dpd -> assertThat(dpd).startsWith("f:8 (and at 1 more): dpd_action is not given"));
    }

    @Test
    void whatIsWrittenDownIsTheSame() throws Exception {
        assertThat(differences(
                        "version = 2\nkeyingtries = 1", "start_action = trap\nclose_action = none\ndpd_action = clear"))
                .isEmpty();
    }

    @Test
    void aTunnelThatWaitsForThePeerIsTheSame() throws Exception {
        assertThat(differences("version = 2", "")).isEmpty();
    }
}
