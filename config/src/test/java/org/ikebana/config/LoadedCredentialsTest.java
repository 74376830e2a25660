package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.ike.auth.CombinedCredentials;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.junit.jupiter.api.Test;

/** Credentials as {@code swanctl --load-creds} sends them. */
class LoadedCredentialsTest {
    /** Of {@code private/a.key} and {@code ecdsa/e.key}, as strongSwan's {@code pki --keyid} says. */
    private static final String ED25519_ID = "5638b6cf5ed1a11d5c484757a06e198666a4b42d";

    private static final String ECDSA_ID = "627b1f40fcbbec6a00d4cde82bf6316669f37e0f";

    private final LoadedCredentials loaded = new LoadedCredentials(Map.of());

    private static Configuration files(String secrets) throws ConfigException {
        return ConfigLoader.load(
                Path.of("swanctl.conf"), InMemoryFiles.of("swanctl.conf", "secrets { " + secrets + " }"));
    }

    private Credentials credentials() {
        return loaded.all(List.of());
    }

    private void loadShared(String name) throws Exception {
        Captured captured = Captured.of("load-shared-" + name);
        loaded.loadShared(
                Optional.of(captured.text("id")),
                captured.text("type"),
                captured.texts("owners"),
                secret(captured.value("data")));
    }

    private String loadKey(String name) throws Exception {
        return loaded.loadKey(secret(Captured.of("load-key-" + name).value("data")));
    }

    @Test
    void sharedSecretsOfEachKindAreFound() throws Exception {
        loadShared("ike");
        loadShared("ppk");
        loadShared("ntlm");

        assertThat(loaded.sharedIds()).containsExactly("ike-b", "ppk-1", "ntlm-1");
        Credentials all = credentials();
        assertThat(all.sharedKey(id("a.example.org"), id("b.example.org")))
                .map(SharedKey::secret)
                .contains(text("correct horse"));
        assertThat(all.ppks().find(id("p").data()))
                .map(ppk -> ppk.secret().length())
                .contains(32);
        assertThat(all.eapSecrets().find(id("q")))
                .map(secret -> secret.isNtHash())
                .contains(true);
    }

    @Test
    void aKeyIsKnownByTheIdThatStrongswanGivesIt() throws Exception {
        assertThat(loadKey("ed25519")).isEqualTo(ED25519_ID);
        assertThat(loadKey("ecdsa")).isEqualTo(ECDSA_ID);
        loadKey("rsa");

        assertThat(loaded.keyIds()).hasSize(3).contains(ED25519_ID, ECDSA_ID);
        loaded.unloadKey(ECDSA_ID);
        assertThat(loaded.keyIds()).doesNotContain(ECDSA_ID);
        assertThat(credentials().certificates().keys()).hasSize(2);
    }

    @Test
    void aCertificateFindsItsKeyAndItsCa() throws Exception {
        loadKey("ed25519");
        loadCertificate("load-cert");
        loadCertificate("load-cert-ca");
        loadCertificate("load-cert-pubkey");

        Credentials all = credentials();
        Certificate own = all.certificates().own(id("a.example.org")).getFirst();
        assertThat(all.certificates().key(own.publicKey()))
                .map(SigningKey::token)
                .contains(Optional.empty());
        assertThat(all.certificates().anchors()).hasToString("[\"CN=CA\"]");
    }

    @Test
    void certificatesThatConnectionsBringAreKnown() throws Exception {
        var site = new MessageLoader(Path.of("."), Map.of())
                .connection(Captured.of("load-conn-site-b").section(), List.of());

        assertThat(loaded.all(List.of(site.value())).certificates().endEntities())
                .hasToString("[\"CN=a\"]");
    }

    @Test
    void aCaIsKnownUntilItIsTakenAway() throws Exception {
        loaded.loadAuthority(
                "example",
                new MessageLoader(Path.of("."), Map.of())
                        .authority(Captured.of("load-authority").section())
                        .value());

        assertThat(loaded.authorities()).containsOnlyKeys("example");
        assertThat(credentials().certificates().anchors()).hasSize(1);
        assertThat(credentials().statusSources().authorities()).hasSize(1);
        loaded.unloadAuthority("example");
        assertThat(credentials().certificates().anchors()).isEmpty();
    }

    @Test
    void theBestOfFilesAndMessagesServes() throws Exception {
        loadShared("ike");
        var all = new CombinedCredentials(
                List.of(credentials(), files("ike-any { secret = anybody\n }").credentials()));

        assertThat(all.sharedKey(id("a.example.org"), id("b.example.org"))
                        .orElseThrow()
                        .name())
                .isEqualTo("ike-b");
        assertThat(all.sharedKey(id("x.example.org"), id("y.example.org"))
                        .orElseThrow()
                        .name())
                .isEqualTo("ike-any");
    }

    @Test
    void whatIsReplacedIsGoneAndWhatWasGivenOutStays() throws Exception {
        loadShared("ike");
        SharedKey before = key();
        Secret given = text("battery staple");
        loaded.loadShared(Optional.of("ike-b"), "ike", List.of("b.example.org"), given);

        assertThat(key().secret()).isEqualTo(text("battery staple"));
        assertThat(before.secret()).isEqualTo(text("correct horse"));
        assertThatThrownBy(given::bytes).isInstanceOf(IllegalStateException.class);
        loaded.loadShared(Optional.empty(), "ike", List.of(), text("one"));
        loaded.loadShared(Optional.empty(), "ike", List.of(), text("two"));
        assertThat(credentials().candidates()).containsExactly("ike-b of b.example.org", "vici of anybody");
    }

    @Test
    void nothingIsLeftWhenItIsCleared() throws Exception {
        loadShared("ike");
        loadKey("rsa");
        loadCertificate("load-cert");
        loaded.clear();

        assertThat(loaded.sharedIds()).isEmpty();
        assertThat(loaded.keyIds()).isEmpty();
        assertThat(credentials().candidates()).isEmpty();
        assertThat(credentials().certificates().endEntities()).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsRefused() throws Exception {
        assertRefused(
                () -> loaded.loadShared(Optional.of("x"), "PIN", List.of(), text("hunter2")), "vici:load-shared.x");
        assertRefused(
                () -> loaded.loadShared(Optional.of("x"), "NTLM", List.of(), text("hunter2")),
                "has 16 octets, this one 7");
        assertRefused(
                () -> loaded.loadShared(Optional.of("x"), "IKE", List.of("ipv4:hunter2"), text("s")), "an owner: ");
        assertRefused(() -> loaded.loadKey(text("hunter2")), "vici:load-key: the private key is not used");
        assertRefused(() -> loaded.loadCertificate("X509", "NONE", Octets.ofHex("00")), "vici:load-cert: ");
        assertRefused(
                () -> loaded.loadCertificate(
                        "X509", "CA", Captured.of("load-cert").value("data")),
                "is not of a CA");
        assertRefused(
                () -> loaded.loadCertificate(
                        "X509", "AA", Captured.of("load-cert").value("data")),
                "flag 'AA'");
        assertRefused(() -> loaded.unloadShared("x"), "no such shared secret");
        assertRefused(() -> loaded.unloadKey("x"), "no such private key");
        assertRefused(() -> loaded.unloadAuthority("x"), "no such CA");
        assertRefused(
                () -> loaded.loadToken("0a", Optional.of("1"), Optional.empty(), Optional.of(text("hunter2"))),
                "no PKCS #11 module is known");
        assertRefused(
                () -> loaded.loadToken("xx", Optional.empty(), Optional.empty(), Optional.empty()), "not hexadecimal");
        assertThat(loaded.sharedIds()).isEmpty();
    }

    /** What was done, which must fail. */
    @FunctionalInterface
    private interface Request {
        void send() throws Exception;
    }

    private static void assertRefused(Request request, String message) {
        assertThatThrownBy(request::send)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    private SharedKey key() throws ConfigException {
        return credentials().sharedKey(Identity.ANY, id("b.example.org")).orElseThrow();
    }

    private void loadCertificate(String name) throws Exception {
        Captured captured = Captured.of(name);
        loaded.loadCertificate(captured.text("type"), captured.text("flag"), captured.value("data"));
    }

    private static Identity id(String text) {
        try {
            return Identity.parse(text);
        } catch (IdentitySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Secret text(String text) {
        return Secret.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret secret(Octets octets) {
        return Secret.wrap(octets.toByteArray());
    }
}
