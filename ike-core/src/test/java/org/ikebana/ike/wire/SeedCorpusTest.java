package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.junit.jupiter.api.Test;

/** One payload of each kind from OpenIKED's fuzzing tests: valid as it is, and then changed everywhere. */
class SeedCorpusTest {
    private static final String FILE = "ike-messages/openiked-payload-seeds.json";
    private static final Map<String, PayloadType> TYPES = Map.ofEntries(
            Map.entry("sa_pld", PayloadType.SA),
            Map.entry("saxform_pld", PayloadType.SA),
            Map.entry("ke_pld", PayloadType.KE),
            Map.entry("nonce_pld", PayloadType.NONCE),
            Map.entry("notify_pld", PayloadType.NOTIFY),
            Map.entry("id_pld", PayloadType.IDI),
            Map.entry("cert_pld", PayloadType.CERT),
            Map.entry("certreq_pld", PayloadType.CERTREQ),
            Map.entry("auth_pld", PayloadType.AUTH),
            Map.entry("delete_pld", PayloadType.DELETE),
            Map.entry("vendor_pld", PayloadType.VENDOR_ID),
            Map.entry("ts_pld", PayloadType.TSI),
            Map.entry("skf_1of1_pld", PayloadType.SKF),
            Map.entry("sk_pld", PayloadType.SK),
            Map.entry("cp_pld", PayloadType.CP),
            Map.entry("eap_pld", PayloadType.EAP));

    @Test
    void aWholeMessageIsReadAndWrittenBack() throws IOException {
        byte[] message = Corpus.json(FILE).get("hex").get("valid_packet").bytes();

        assertThat(MessageReader.read(message))
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(MessageWriter.write(accepted.message()))
                                .isEqualTo(message));
    }

    @Test
    void everyPayloadIsReadAndWrittenBack() throws IOException, MalformedException {
        for (Map.Entry<String, PayloadType> seed : TYPES.entrySet()) {
            byte[] chain = Corpus.json(FILE).get("hex").get(seed.getKey()).bytes();
            PayloadReader in = new PayloadReader(chain, 0, chain.length);
            List<Payload> payloads = PayloadChain.read(seed.getValue().code(), in, type -> true);
            PayloadWriter out = new PayloadWriter(chain.length);
            PayloadChain.write(payloads, out);

            assertThat(payloads.getFirst().typeCode())
                    .as(seed.getKey())
                    .isEqualTo(seed.getValue().code());
            // Some seeds have octets after their last payload.
            assertThat(out.toByteArray())
                    .as(seed.getKey())
                    .isEqualTo(Arrays.copyOf(chain, chain.length - in.remaining()));
        }
    }

    @Test
    void everyTruncationEndsInACleanOutcome() throws IOException {
        for (Map.Entry<String, Json> seed :
                Corpus.json(FILE).get("hex").members().entrySet()) {
            byte[] octets = seed.getValue().bytes();
            for (int length = 0; length < octets.length; length++) {
                String where = seed.getKey() + ", cut after " + length;
                check(seed.getKey(), Arrays.copyOf(octets, length), () -> where);
            }
        }
    }

    @Test
    void everyChangeOfAnOctetEndsInACleanOutcome() throws IOException {
        for (Map.Entry<String, Json> seed :
                Corpus.json(FILE).get("hex").members().entrySet()) {
            byte[] octets = seed.getValue().bytes();
            for (int at = 0; at < octets.length; at++) {
                for (int value = 0; value < 256; value++) {
                    byte[] changed = octets.clone();
                    changed[at] = (byte) value;
                    check(seed.getKey(), changed, () -> seed.getKey() + " as " + Octets.wrap(changed));
                }
            }
        }
    }

    private static void check(String seed, byte[] octets, Supplier<String> where) {
        PayloadType type = TYPES.get(seed);
        if (type == null) {
            CleanOutcome.of(octets, where);
        } else {
            CleanOutcome.ofChain(IkeHeader.of(1, 2, ExchangeType.IKE_AUTH, true, false, 1), type.code(), octets, where);
        }
    }
}
