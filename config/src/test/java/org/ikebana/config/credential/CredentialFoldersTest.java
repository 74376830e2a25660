package org.ikebana.config.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.Explanation;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.ike.x509.TestList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The folders of strongSwan, on disk. */
class CredentialFoldersTest {
    private static final String CONNECTION = """
            connections { site {
                remote_addrs = 192.0.2.2
                local { certs = west.pem }
                remote { auth = pubkey-sha256
                         id = east.example.org
                         cert_policy = 1.2.3.4
                         cacerts = root.der }
                children { net { } }
            } }
            """;

    @TempDir
    Path folder;

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final Issued west = root.issue("C=CH, CN=west", "P-256", builder -> {});

    @BeforeEach
    void write() throws IOException {
        for (Folder each : Folder.values()) {
            Files.createDirectory(folder.resolve(each.path()));
        }
        put("x509/west.pem", pem("CERTIFICATE", west.certificate().encoded()));
        put("x509ca/root.der", root.certificate().encoded().toByteArray());
        conf(CONNECTION);
    }

    @Test
    void connectionsNameCertificates() throws Exception {
        Configuration configuration = ConfigLoader.load(folder);
        AuthConfig local = configuration.connections().getFirst().local();
        AuthConfig remote = configuration.connections().getFirst().remote();
        assertThat(local.method()).isEqualTo(AuthConfig.Method.PUBKEY);
        assertThat(Identity.parse("C=CH, CN=west").matches(local.id())).isTrue();
        assertThat(local.publicKey().certificates()).containsExactly(west.certificate());
        assertThat(remote.publicKey().authorities()).containsExactly(root.certificate());
        assertThat(remote.publicKey().policies()).containsExactly("1.2.3.4");
        assertThat(configuration.certificates().anchors()).containsExactly(root.certificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.der",
                "plain.pem",
                "older.pem",
                "older-encrypted.pem",
                "older-des.pem",
                "encrypted.pem",
                "encrypted.der"
            })
    void readsKeysInAllTheirForms(String form) throws Exception {
        KeyPair keys = keys();
        secretly("private/" + form, encode(form, keys));
        conf(CONNECTION + "secrets { private-x { file = " + form + "\n secret = \"open sesame\" } }");
        Configuration configuration = ConfigLoader.load(folder);
        assertThat(configuration.warnings()).isEmpty();
        VerifyingKey expected = VerifyingKey.decode(Octets.wrap(keys.getPublic().getEncoded()));
        assertThat(configuration.certificates().key(expected)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypted.pem", "encrypted.der", "older-encrypted.pem"})
    void saysWhichEncryptedKeyIsNotOpened(String form) throws Exception {
        secretly("pkcs8/" + form, encode(form, keys()));
        assertThat(warning())
                .endsWith(
                        "this file is not used: it is encrypted, and no section of secrets opens it; repair or remove it");
        conf(CONNECTION + "secrets { pkcs8 { secret = wrong } }");
        assertThat(warning()).contains(form, "the secret given for it does not open it");
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----, 0640", "rw-----w-, 0602", "rw--w----, 0620", "rwx-----x, 0701"})
    void refusesKeysThatOthersHaveAccessTo(String permissions, String mode) throws Exception {
        KeyPair keys = keys();
        put("private/west.der", keys.getPrivate().getEncoded());
        Files.setPosixFilePermissions(folder.resolve("private/west.der"), PosixFilePermissions.fromString(permissions));
        assertThat(warning())
                .endsWith("west.der: this private key is not used: others than its owner have access to it (mode "
                        + mode + "); chmod 600 " + folder.toRealPath().resolve("private/west.der"));
        assertThat(ConfigLoader.load(folder).certificates().keys()).isEmpty();
    }

    /** Only root can give a file away. */
    @Test
    void refusesKeysOfStrangers() throws Exception {
        secretly("private/west.der", keys().getPrivate().getEncoded());
        Path key = folder.resolve("private/west.der");
        Assumptions.assumeTrue(((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0, "not root");
        Files.setAttribute(key, "unix:uid", 65534);
        assertThat(warning())
                .contains("this private key is not used: it belongs to nobody, who can read it and put another one")
                .endsWith("; chown root " + folder.toRealPath().resolve("private/west.der"));
        assertThat(ConfigLoader.load(folder).certificates().keys()).isEmpty();
    }

    @Test
    void attributeAuthoritiesAreOfNoUse() throws Exception {
        put("x509aa/aa.pem", pem("CERTIFICATE", west.certificate().encoded()));
        assertThat(warning())
                .contains("aa.pem: this file is not used: there is nothing that certificates of attribute");
    }

    @Test
    void newFilesAreThereWithTheNextLoad() throws Exception {
        KeyPair keys = keys();
        VerifyingKey expected = VerifyingKey.decode(Octets.wrap(keys.getPublic().getEncoded()));
        assertThat(ConfigLoader.load(folder).certificates().key(expected)).isEmpty();
        secretly("ecdsa/new.der", keys.getPrivate().getEncoded());
        assertThat(ConfigLoader.load(folder).certificates().key(expected)).isPresent();
    }

    @Test
    void readsContainers() throws Exception {
        KeyPair keys = keys();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new java.io.ByteArrayInputStream(
                        west.certificate().encoded().toByteArray()));
        store.setKeyEntry("west", keys.getPrivate(), "sesame".toCharArray(), new X509Certificate[] {certificate});
        var out = new ByteArrayOutputStream();
        store.store(out, "sesame".toCharArray());
        secretly("pkcs12/west.p12", out.toByteArray());
        conf(CONNECTION + "secrets { pkcs12-west { file = west.p12\n secret = sesame } }");
        Configuration configuration = ConfigLoader.load(folder);
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.certificates().keys()).hasSize(1);
        assertThat(configuration.certificates().endEntities()).contains(west.certificate());
    }

    @Test
    void readsRawPublicKeys() throws Exception {
        put("pubkey/east.pem", pem("PUBLIC KEY", west.certificate().publicKey().encoded()));
        conf(CONNECTION.replace("cacerts = root.der", "pubkeys = east.pem"));
        assertThat(ConfigLoader.load(folder)
                        .connections()
                        .getFirst()
                        .remote()
                        .publicKey()
                        .publicKeys())
                .containsExactly(west.certificate().publicKey());
    }

    @Test
    void aFileThatIsMissingIsAnErrorAtItsPlace() throws Exception {
        Files.delete(folder.resolve("x509/west.pem"));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(folder))
                .withMessageContaining(
                        "swanctl.conf:3:21: 'west.pem' cannot be read: there is no such file; put it into");
    }

    @Test
    void filesThatAreNoneAreWarnedOf() throws Exception {
        put("x509/readme.txt", "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(warning()).contains("readme.txt: this file is not used: it holds a malformed certificate");
    }

    @Test
    void readsWhatIsKnownOfRevocation() throws Exception {
        TestList list =
                TestList.of(root, TestAuthority.BEGIN, TestAuthority.END).revoke(west.certificate(), 1);
        put("x509crl/root.crl", list.encoded().toByteArray());
        put("x509crl/root.pem", pem("X509 CRL", list.encoded()));
        Issued responder = root.issue("CN=responder", "P-256", builder -> {});
        put("x509ocsp/responder.pem", pem("CERTIFICATE", responder.certificate().encoded()));
        Files.move(folder.resolve("x509ca/root.der"), folder.resolve("elsewhere.der"));
        conf(CONNECTION.replace("cacerts = root.der", "revocation = strict")
                + """
                authorities { root {
                    file = %s
                    crl_uris = http://crl.example.org/root.crl, ldap://ldap.example.org/cn=Root
                    ocsp_uris = http://ocsp.example.org:8080
                } }
                """.formatted(folder.resolve("elsewhere.der")));
        Configuration configuration = ConfigLoader.load(folder);
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.connections().getFirst().remote().publicKey().revocation())
                .isEqualTo(RevocationPolicy.STRICT);
        assertThat(Explanation.of(configuration))
                .contains("who stays out unless it is known that no certificate of his has been revoked\n");
        StatusSources sources = configuration.credentials().statusSources();
        assertThat(sources.lists()).hasSize(2);
        assertThat(sources.lists().getFirst().issuer())
                .isEqualTo(root.certificate().subject());
        assertThat(sources.responders()).containsExactly(responder.certificate());
        assertThat(sources.authorities())
                .containsExactly(new StatusSources.AuthorityUris(
                        root.certificate(),
                        List.of("http://crl.example.org/root.crl", "ldap://ldap.example.org/cn=Root"),
                        List.of("http://ocsp.example.org:8080")));
        assertThat(configuration.certificates().anchors()).containsExactly(root.certificate());
    }

    @Test
    void anAuthorityMustBeOne() throws Exception {
        conf(CONNECTION + "authorities { root { cacert = ../x509/west.pem } }");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(folder))
                .withMessageContaining("the certificate of \"C=CH,CN=west\" is not of a CA; name that of the CA");
    }

    @Test
    void anAuthorityIsNamedOnce() throws Exception {
        conf(CONNECTION + "authorities { root { cacert = root.der\n handle = 0a } }");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(folder))
                .withMessageContaining("it must be said of which CA this is, once");
    }

    @Test
    void saysWhichListIsOfNoUse() throws Exception {
        put("x509crl/root.crl", west.certificate().encoded().toByteArray());
        assertThat(warning())
                .endsWith("root.crl: this file is not used: it is no revocation list, or a malformed one; repair or"
                        + " remove it");
    }

    private String warning() throws Exception {
        List<?> warnings = ConfigLoader.load(folder).warnings();
        assertThat(warnings).hasSize(1);
        return warnings.getFirst().toString();
    }

    private static byte[] encode(String form, KeyPair keys) throws Exception {
        byte[] encoded = keys.getPrivate().getEncoded();
        var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setRandom(new SecureRandom())
                .setPassword("open sesame".toCharArray())
                .build();
        return switch (form) {
            case "plain.der" -> encoded;
            case "plain.pem" -> pem("PRIVATE KEY", Octets.wrap(encoded));
            case "older.pem" -> written(writer -> writer.writeObject(keys.getPrivate()));
            case "older-encrypted.pem" ->
                written(writer -> writer.writeObject(
                        keys.getPrivate(),
                        new JcePEMEncryptorBuilder("AES-256-CBC")
                                .setProvider(new BouncyCastleProvider())
                                .build("open sesame".toCharArray())));
            case "older-des.pem" ->
                written(writer -> writer.writeObject(
                        keys.getPrivate(),
                        new JcePEMEncryptorBuilder("DES-EDE3-CBC")
                                .setProvider(new BouncyCastleProvider())
                                .build("open sesame".toCharArray())));
            case "encrypted.pem" ->
                written(writer -> writer.writeObject(new JcaPKCS8Generator(keys.getPrivate(), encryptor)));
            default ->
                new JcaPKCS8Generator(keys.getPrivate(), encryptor).generate().getContent();
        };
    }

    private interface Writing {
        void to(JcaPEMWriter writer) throws IOException;
    }

    private static byte[] written(Writing writing) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new JcaPEMWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII))) {
            writing.to(writer);
        }
        return out.toByteArray();
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static byte[] pem(String type, Octets encoded) {
        String base64 = Base64.getMimeEncoder().encodeToString(encoded.toByteArray());
        return ("-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void conf(String text) throws IOException {
        put("swanctl.conf", text.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(folder.resolve("swanctl.conf"), PosixFilePermissions.fromString("rw-------"));
    }

    private void secretly(String name, byte[] content) throws IOException {
        put(name, content);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    private void put(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }
}
