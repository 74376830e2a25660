package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ikebana.config.schema.IkebanaTable;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.Samples;
import org.ikebana.config.schema.SectionType;
import org.ikebana.config.schema.Support;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.syntax.InMemoryFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that counts as supported must change something. */
class EffectTest {
    /** Of {@code auth = eap}; {@code EapConfigTest} is about them. */
    private static final Set<String> OF_EAP = Set.of("eap_id", "aaa_id");

    /** {@code version} and {@code rdn_matching} have one value only so far, and {@code round} orders one round only. */
    private static final Set<String> ONE_VALUED = Set.of("version", "round", "rdn_matching");

    /** Of {@code auth = pubkey}; they have a test of their own, {@code CredentialFoldersTest}. */
    private static final Set<String> OF_CERTIFICATES =
            Set.of("certs", "cacerts", "ca_id", "pubkeys", "cert_policy", "revocation");

    record Case(SectionType section, Key<?> key) {
        @Override
        public String toString() {
            return section.path() + " " + key.name();
        }
    }

    static Stream<Case> supported() {
        return Stream.of(
                        SwanctlTable.CONNECTION,
                        SwanctlTable.LOCAL,
                        SwanctlTable.REMOTE,
                        SwanctlTable.CHILD,
                        SwanctlTable.SECRET,
                        SwanctlTable.PPK)
                .flatMap(section -> section.keys().stream().map(key -> new Case(section, key)))
                .filter(row -> row.key.support() == Support.SUPPORTED && !ONE_VALUED.contains(row.key.name()))
                .filter(row -> !OF_CERTIFICATES.contains(row.key.name()) && !OF_EAP.contains(row.key.name()));
    }

    static Stream<Case> settings() {
        return IkebanaTable.ROOT
                .walk()
                .flatMap(section -> section.keys().stream().map(key -> new Case(section, key)))
                .filter(row -> row.key.support() == Support.SUPPORTED && !ONE_VALUED.contains(row.key.name()));
    }

    @ParameterizedTest
    @MethodSource("supported")
    void changesTheConfiguration(Case row) throws Exception {
        Configuration before = load(row.section, "");
        Configuration after = load(row.section, Samples.name(row.key) + " = " + Samples.of(row.key));
        boolean sameConnections =
                before.connections().getFirst().sameSettings(after.connections().getFirst());
        boolean sameKeys =
                before.sharedKeys().equals(after.sharedKeys()) && before.ppks().equals(after.ppks());
        assertThat(sameConnections && sameKeys).isFalse();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void changesTheSettings(Case row) throws Exception {
        String needed =
                row.key == IkebanaTable.INTERFACE_ADDRESSES ? "if_id = 9\n" : ""; // there is no interface without
        String setting = row.key.name() + " = " + Samples.of(row.key) + "\n" + needed;
        List<String> sections = row.section.path().isEmpty()
                ? List.of()
                : List.of(row.section.path().replace("<name>", "soft").split("\\."));
        String text =
                String.join("", sections.stream().map(name -> name + " {\n").toList())
                        + setting
                        + "}\n".repeat(sections.size());
        var files = InMemoryFiles.of("d/swanctl.conf", "").with("d/ikebana.conf", text);
        Configuration configuration = ConfigLoader.load(Path.of("d"), files);
        assertThat(List.of(configuration.settings(), configuration.daemon()))
                .isNotEqualTo(List.of(IkebanaConf.DEFAULT.settings(), IkebanaConf.DEFAULT.daemon()));
    }

    /** In two blocks of the same section, so that the second may set again what the first does. */
    private static Configuration load(SectionType section, String setting) throws ConfigException {
        String text = """
                connections { c {
                    remote_addrs = 192.0.2.2
                    local { auth = psk }
                    remote { auth = psk }
                    children { n { rekey_bytes = 1g
                                   rekey_packets = 1000000 } }
                } }
                secrets { ike { secret = s }
                          ppk { id = @somebody
                                secret = p } }
                connections { c {
                    %s
                    local {
                    %s
                    }
                    remote {
                    %s
                    }
                    children { n {
                    %s
                    } }
                } }
                secrets { ike {
                %s
                } ppk {
                %s
                } }
                """.formatted(
                        section == SwanctlTable.CONNECTION ? setting : "",
                        section == SwanctlTable.LOCAL ? setting : "",
                        section == SwanctlTable.REMOTE ? setting : "",
                        section == SwanctlTable.CHILD ? setting : "",
                        section == SwanctlTable.SECRET ? setting : "",
                        section == SwanctlTable.PPK ? setting : "");
        return ConfigLoader.load(Path.of("f"), InMemoryFiles.of("f", text));
    }
}
