package org.ikebana.config.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TestAuthority;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys on tokens of SoftHSM. */
class TokensTest {
    private static final byte[] MESSAGE = "signed octets".getBytes(StandardCharsets.US_ASCII);
    private static final Optional<Secret> PIN = Optional.of(secret(SoftHsm.PIN));

    @TempDir
    private static Path folder;

    private static SoftHsm hsm;

    private final Tokens tokens = new Tokens(Map.of("soft", SoftHsm.LIBRARY));
    private final TestAuthority root = TestAuthority.root("CN=Root");

    @BeforeAll
    static void writeTokens() throws Exception {
        SoftHsm.require();
        hsm = SoftHsm.in(folder);
        hsm.create("one");
        hsm.create("two");
        generate("one", "rsa:2048", "01");
        generate("one", "EC:secp256r1", "02");
        generate("one", "EC:secp521r1", "03");
        generate("one", "EC:edwards25519", "04");
        generate("two", "EC:secp384r1", "0505");
    }

    @ParameterizedTest
    @CsvSource({
        "01, RSA_SHA2_256",
        "01, RSA_SHA2_512",
        "01, RSA_PSS_SHA2_256",
        "01, RSA_PSS_SHA2_384",
        "02, ECDSA_SHA2_256",
        "03, ECDSA_SHA2_512",
        "04, ED25519",
        "0505, ECDSA_SHA2_384"
    })
    void keysSign(String handle, SignatureScheme scheme) throws Exception {
        SigningKey key = tokens.key(at(handle), PIN);
        SignatureAlgorithm algorithm =
                CryptoRegistry.standard().signature(scheme).orElseThrow();
        byte[] signature = key.sign(algorithm, MESSAGE, new SecureRandom());
        assertThat(algorithm.verify(key.publicKey(), MESSAGE, signature)).isTrue();
        assertThat(key.token().orElseThrow()).matches("in slot \\d+ of libsofthsm2.so");
        assertThat(key.toString()).contains(handle).doesNotContain(SoftHsm.PIN);
    }

    @Test
    void aKeySignsByNoSchemeOfOthers() throws Exception {
        SigningKey key = tokens.key(at("02"), PIN);
        var rsa = CryptoRegistry.standard()
                .signature(SignatureScheme.RSA_SHA2_256)
                .orElseThrow();
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> key.sign(rsa, MESSAGE, new SecureRandom()))
                .withMessage("a key of ECDSA on P-256 cannot sign by rsa-sha256");
    }

    @Test
    void saysWhatIsNotThere() {
        assertFault(at("99"), PIN, "there are 2 tokens, of which 0 show something with handle 99; say which one");
        assertFault(
                new TokenPlace(Octets.ofHex("99"), Optional.of(slot("one")), Optional.empty()),
                PIN,
                "no token has a private key with handle 99; 'pkcs11-tool --list-objects' shows handles as ID");
        assertFault(
                new TokenPlace(Octets.ofHex("01"), Optional.of(slot("one")), Optional.of("hard")),
                PIN,
                "ikebana.conf has no PKCS #11 module 'hard', but soft");
        assertFault(
                new TokenPlace(Octets.ofHex("01"), Optional.of(77L), Optional.empty()),
                PIN,
                "there is no token in slot 77");
        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> new Tokens(Map.of()).key(at("01"), PIN))
                .withMessageStartingWith("no PKCS #11 module is known; name one in ikebana.conf");
        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> new Tokens(Map.of("x", Path.of("/none.so"))).key(at("01"), PIN))
                .withMessage("/none.so: it cannot be loaded; is it a library for this machine?");
    }

    /** The key stays on the token; what is said of it in the configuration is enough to authenticate. */
    @Test
    void theConfigurationNamesKeysAndCertificates() throws Exception {
        SigningKey key = tokens.key(at("02"), PIN);
        var certificate = root.certify("CN=west", key.publicKey());
        Path der = Files.write(folder.resolve("west.der"), certificate.encoded().toByteArray());
        hsm.tool(
                "--token-label",
                "one",
                "--login",
                "--pin",
                SoftHsm.PIN,
                "--write-object",
                der.toString(),
                "--type",
                "cert",
                "--id",
                "02");

        Configuration configuration = ConfigLoader.load(write("handle = 02", "handle = 02\n pin = " + SoftHsm.PIN));
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.connections().getFirst().local().publicKey().certificates())
                .containsExactly(certificate);
        assertThat(configuration.certificates().key(certificate.publicKey())).isPresent();
    }

    @Test
    void aTokenThatIsNotThereIsWarnedOfAndANamedCertificateIsAnError() throws Exception {
        assertThat(ConfigLoader.load(write("file = west.pem", "handle = 02\n slot = 77"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("swanctl.conf", "there is no token in slot 77", "put the token in and send SIGHUP");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(write("handle = 98", "handle = 02\n pin = " + SoftHsm.PIN)))
                .withMessageContaining("no token has a certificate with handle 98");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(write("slot = 1", "handle = 02\n pin = " + SoftHsm.PIN)))
                .withMessageContaining("neither a file nor a handle is given");
    }

    private Path write(String certificate, String key) throws Exception {
        Path conf = Files.createTempDirectory(folder, "conf");
        Files.createDirectory(conf.resolve("x509"));
        Files.writeString(
                conf.resolve("x509/west.pem"),
                TestAuthority.pem("CERTIFICATE", root.certificate().encoded()));
        Files.writeString(
                conf.resolve("ikebana.conf"), "pkcs11 { modules { soft {\n path = " + SoftHsm.LIBRARY + "\n } } }\n");
        Path file = Files.writeString(conf.resolve("swanctl.conf"), """
                connections { site {
                    remote_addrs = 192.0.2.2
                    local { cert-a {
                      %s
                    } }
                    remote { auth = pubkey
                             id = east.example.org }
                    children { net { } }
                } }
                secrets { token-a {
                  %s
                } }
                """.formatted(certificate, key));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return conf;
    }

    private void assertFault(TokenPlace place, Optional<Secret> pin, String message) {
        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> tokens.key(place, pin))
                .withMessageStartingWith(message);
    }

    private static TokenPlace at(String handle) {
        return new TokenPlace(Octets.ofHex(handle), Optional.empty(), Optional.empty());
    }

    private static long slot(String label) {
        try {
            Matcher slot = Pattern.compile("\\(0x([0-9a-f]+)\\)[^(]*token label *: " + label + "\\s")
                    .matcher(hsm.tool("--list-token-slots"));
            assertThat(slot.find()).isTrue();
            return Long.parseLong(slot.group(1), 16);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void generate(String token, String type, String id) throws Exception {
        hsm.tool(
                "--token-label",
                token,
                "--login",
                "--pin",
                SoftHsm.PIN,
                "--keypairgen",
                "--key-type",
                type,
                "--id",
                id);
    }

    private static Secret secret(String text) {
        return Secret.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
