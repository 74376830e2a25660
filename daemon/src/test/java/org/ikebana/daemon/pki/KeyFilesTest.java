package org.ikebana.daemon.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    @TempDir
    private Path folder;

    private PkiRun pki;

    @BeforeEach
    void start() {
        pki = new PkiRun(folder);
    }

    @Test
    void onlyTheOwnerReadsAKey() throws Exception {
        pki.succeed("gen --type ed25519 --out @a.key");
        pki.succeed("self --newkey @b.key --dn CN=b --out @b.pem");
        assertThat(mode("a.key")).isEqualTo("rw-------");
        assertThat(mode("b.key")).isEqualTo("rw-------");
        assertThat(mode("b.pem")).isEqualTo("rw-r--r--");
    }

    @Test
    void nothingIsOverwrittenWithoutForce() throws Exception {
        Path key = Files.writeString(folder.resolve("a.key"), "precious");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        String there = "there is such a file already; write another one, or overwrite it with --force";
        assertThat(pki.fail("gen --type ed25519 --out @a.key")).isEqualTo("pki gen: " + key + ": " + there);
        assertThat(pki.fail("self --newkey @a.key --dn CN=a --out @a.pem")).endsWith(there);
        assertThat(pki.fail("self --newkey @b.key --dn CN=a --out @a.key")).endsWith(there);
        assertThat(key).hasContent("precious");
        assertThat(folder.resolve("a.pem")).doesNotExist();
        assertThat(folder.resolve("b.key")).doesNotExist();

        pki.succeed("gen --type ed25519 --out @a.key --force");
        assertThat(key).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(mode("a.key")).isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void saysHowToMakeAMissingFolder() {
        assertThat(pki.fail("gen --type ed25519 --out @none/a.key"))
                .endsWith("there is no folder for it; make it first: mkdir -p " + folder.resolve("none"));
    }

    @Test
    void printsKeysInPem() throws Exception {
        String pem = pki.succeed("gen --type rsa --size 2048");
        byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        assertThat(KeyFactory.getInstance("RSA")
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
                        .getFormat())
                .isEqualTo("PKCS#8");
    }

    @Test
    void oneKeyHasOnePublicKeyAndIdentifier() throws Exception {
        pki.succeed("self --newkey @a.key --dn CN=a --out @a.pem");
        pki.succeed("req --in @a.key --dn CN=a --out @a.req");
        pki.succeed("pub --in @a.key --out @a.pub");
        String identifiers = pki.succeed("keyid --in @a.key");
        assertThat(identifiers)
                .contains("subjkey (SHA-1 of subjectPublicKey):", "keyid (SHA-1 of subjectPublicKeyInfo):");
        for (String file : new String[] {"@a.pem", "@a.req", "@a.pub"}) {
            assertThat(pki.succeed("keyid --in " + file)).isEqualTo(identifiers);
            assertThat(pki.succeed("pub --in " + file)).isEqualTo(Files.readString(folder.resolve("a.pub")));
        }
        assertThat(pki.succeed("keyid --in @a.pem --id spki --format hex").strip())
                .isEqualTo(pki.certificate("a.pem").publicKeyHash().toString());
        assertThat(pki.succeed("print --in @a.key")).startsWith("private key\n  pubkey:    ECDSA on P-384\n");
        assertThat(pki.succeed("print --in @a.pub")).startsWith("public key\n");
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
