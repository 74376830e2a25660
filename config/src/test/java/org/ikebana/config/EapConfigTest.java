package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.eap.EapMethod;
import org.junit.jupiter.api.Test;

/** EAP, several rounds and no authentication in {@code swanctl.conf}. */
class EapConfigTest {
    @Test
    void aGatewayThatPeopleLogInTo() throws Exception {
        Configuration configuration =
                load("""
                local { auth = psk }
                remote { auth = eap-mschapv2
                         eap_id = %any }
                """, "eap-carol { id = carol@example.org, secret = Ar3etTnp }".replace(", ", "\n"));
        AuthConfig remote = connection(configuration).remote();
        assertThat(remote.method()).isEqualTo(Method.EAP);
        assertThat(remote.eap().methods()).containsExactly(EapMethod.MSCHAPV2);
        assertThat(remote.eap().eapId()).contains(Identity.ANY);
        EapSecret secret = configuration
                .credentials()
                .eapSecrets()
                .find(Identity.parse("carol@example.org"))
                .orElseThrow();
        assertThat(secret.isNtHash()).isFalse();
        assertThat(secret.secret().length()).isEqualTo(8);
        assertThat(configuration.credentials().eapSecrets().find(Identity.parse("dave@example.org")))
                .isEmpty();
    }

    @Test
    void whoLogsIn() throws Exception {
        AuthConfig local = connection(
                        load("""
                        local { auth = eap
                                eap_id = carol@example.org
                                aaa_id = radius.example.org }
                        remote { auth = psk }
                        """, "ntlm { id = carol@example.org\nsecret = 0x44ebba8d5312b8d611474411f56989ae }"))
                .local();
        assertThat(local.eap().methods()).containsExactly(EapMethod.TLS, EapMethod.MSCHAPV2);
        assertThat(local.eap().eapId()).contains(Identity.parse("carol@example.org"));
        assertThat(local.eap().aaaId()).contains(Identity.parse("radius.example.org"));
    }

    @Test
    void roundsInOrder() throws Exception {
        ConnectionConfig connection = connection(load("""
                local-b { round = 2
                          auth = eap-mschapv2
                          eap_id = carol }
                local-a { round = 1
                          auth = psk
                          id = west }
                remote { auth = psk }
                """, "xauth { id = carol\nsecret = s }"));
        assertThat(connection.local().method()).isEqualTo(Method.PSK);
        assertThat(connection.local().further()).map(AuthConfig::method).containsExactly(Method.EAP);
        assertThat(connection.isAuthenticatedSeveralTimes()).isTrue();

        int first = connection.place("local.auth").line();
        AuthConfig second = connection.local().further().getFirst();
        assertThat(connection
                        .inRound(second, connection.remote())
                        .place("local.auth")
                        .line())
                .isEqualTo(first - 3);
        assertThat(connection.place("local.id").line()).isEqualTo(first + 1);
        assertThat(second.place("id")).isEmpty();
    }

    @Test
    void nobodyInParticular() throws Exception {
        ConnectionConfig connection = connection(load("local { auth = psk }\nremote { auth = null }", ""));
        assertThat(connection.remote().withoutPlaces()).isEqualTo(new AuthConfig(Method.NULL, Identity.ANY));
        assertThat(connection.isAuthenticatedSeveralTimes()).isFalse();
    }

    @Test
    void whatDoesNotGoTogether() {
        assertThat(error("local { auth = eap-tls }\nremote { auth = null }"))
                .contains("does not authenticate at all (RFC 7619 2)");
        assertThat(error("local { auth = null }\nlocal2 { auth = psk }\nremote { auth = psk }"))
                .contains("auth = null does not go with a further section 'local'");
        assertThat(error("local { auth = eap-mschapv2 }\nremote { auth = eap-mschapv2 }"))
                .contains("cannot be the only proof of a gateway");
        assertThat(error("local { auth = eap-mschapv2\neap_id = *@example.org }\nremote { auth = psk }"))
                .contains("is a pattern");
        assertThat(error("local { auth = eap-md5 }\nremote { auth = psk }"))
                .contains("'eap-md5' is an EAP method that is not supported");
    }

    @Test
    void anybodysTrafficIsNotForNobody() {
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> load(
                        "local { auth = psk }\nremote { auth = null }\nchildren { net { remote_ts = 10.0.0.0/8 } }",
                        ""));
        assertThat(refused.problems())
                .map(Problem::message)
                .singleElement()
                .asString()
                .contains("may have the traffic of its own address alone");
    }

    @Test
    void onlyWhoBeginsLogsIn() {
        ConfigException refused = assertThrows(ConfigException.class, () -> load("""
                        local { auth = psk }
                        remote { auth = eap-mschapv2 }
                        children { net { start_action = start } }
                        """, "eap { secret = s }"));
        assertThat(refused.problems())
                .map(Problem::message)
                .singleElement()
                .asString()
                .contains("the peer is to log in by EAP, which only who begins can do");
    }

    @Test
    void passwordsThatAreMissingOrOfNoUse() throws Exception {
        assertThat(warnings("local { auth = eap-mschapv2\neap_id = carol }\nremote { auth = psk }", ""))
                .anyMatch(line -> line.contains("there is no password for 'carol'"));
        assertThat(warnings("local { auth = psk }\nremote { auth = psk }", "eap { secret = s }"))
                .anyMatch(line -> line.contains("no connection uses this password"));
        assertThat(warnings("local { auth = psk\neap_id = carol }\nremote { auth = psk }", ""))
                .anyMatch(line -> line.contains("'eap_id' has no effect without EAP"));
    }

    @Test
    void aHashOfAnotherLength() {
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> load("local { auth = psk }\nremote { auth = eap-mschapv2 }", "ntlm { secret = 0x1234 }"));
        assertThat(refused.problems())
                .map(Problem::message)
                .singleElement()
                .asString()
                .contains("an NT hash has 16 octets, this one 2");
    }

    private static String error(String sections) {
        ConfigException refused = assertThrows(ConfigException.class, () -> load(sections, ""));
        return refused.problems().getFirst().message();
    }

    private static List<String> warnings(String sections, String secrets) throws ConfigException {
        return load(sections, secrets).warnings().stream().map(Problem::message).toList();
    }

    private static ConnectionConfig connection(Configuration configuration) {
        return configuration.connections().getFirst();
    }

    private static Configuration load(String sections, String secrets) throws ConfigException {
        String text = "connections { c {\nremote_addrs = 192.0.2.2\n" + sections + "\nchildren { net { } }\n} }\n"
                + "secrets {\nike { secret = s }\n" + secrets + "\n}\n";
        return ConfigLoader.load(Path.of("f"), InMemoryFiles.of("f", text));
    }
}
