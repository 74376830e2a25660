package org.ikebana.ike.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;
import org.junit.jupiter.api.Test;

/** Identities that another project's fuzzing found worth keeping. */
class IdentityCorpusTest {
    @Test
    void eachIsReadOrRefusedCleanly() throws IOException {
        Map<String, byte[]> seeds = seeds();
        assertThat(seeds).hasSizeGreaterThan(10);
        seeds.forEach((name, octets) -> {
            AnyIdentity.text(new String(octets, UTF_8));
            AnyIdentity.text(new String(octets, UTF_8).strip());
            AnyIdentity.text(new String(octets, ISO_8859_1));
        });
    }

    @Test
    void eachMayComeFromAPeerAsAnyType() throws IOException {
        for (byte[] octets : seeds().values()) {
            for (int type = 0; type <= 255; type++) {
                AnyIdentity.payload(new IdPayload(PayloadType.IDI, type, Octets.copyOf(octets)));
            }
        }
    }

    @Test
    void thoseOfStrongSwansSyntaxAreUnderstood() throws IOException {
        long understood = seeds().values().stream()
                .flatMap(octets -> AnyIdentity.parsed(new String(octets, UTF_8).strip()))
                .count();

        assertThat(understood).isGreaterThanOrEqualTo(13);
    }

    private static Map<String, byte[]> seeds() throws IOException {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        try (ZipFile zip =
                new ZipFile(Corpus.path("fuzz-seeds/strongswan-ids.zip").toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                seeds.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return seeds;
    }
}
