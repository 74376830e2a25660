package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The constants of Android's IKE tests. */
class AndroidCorpusTest {
    private static final String FOLDER = "ike-messages/aosp";

    /** What has the header and the length of a message is one. */
    @TestFactory
    List<DynamicTest> wholeMessagesAreReadAndWrittenBack() throws IOException {
        return forEachValue((name, octets) -> {
            if (isMessage(octets)) {
                Decoded decoded = MessageReader.read(octets);
                assertThat(decoded).as(name).isInstanceOf(Decoded.Accepted.class);
                IkeMessage message = ((Decoded.Accepted) decoded).message();
                assertThat(MessageWriter.write(message)).as(name).isEqualTo(octets);
                assertThat(MessageRules.checkOuter(message)).as(name).isEmpty();
            }
        });
    }

    /** Every value as a message, as a chain and as the body of a payload, of every type. */
    @TestFactory
    List<DynamicTest> everyValueEndsInACleanOutcome() throws IOException {
        IkeHeader header = new RandomMessages(0).header(ExchangeType.IKE_AUTH.code());
        return forEachValue((name, octets) -> {
            CleanOutcome.of(octets, () -> name);
            for (PayloadType type : PayloadType.values()) {
                CleanOutcome.ofChain(header, type.code(), octets, () -> name);
                CleanOutcome.ofChain(header, type.code(), asPayload(octets), () -> name);
            }
        });
    }

    @Test
    void identities() throws IOException {
        Json file = Corpus.json(FOLDER + "/IkeIdPayloadTest.json");
        Json text = file.get("text");

        assertThat(payload(PayloadType.IDI, file, "FQDN_ID_PAYLOAD_HEX_STRING"))
                .isEqualTo(new IdPayload(PayloadType.IDI, 2, ascii(text.get("FQDN"))));
        assertThat(payload(PayloadType.IDI, file, "RFC822_ADDR_ID_PAYLOAD_HEX_STRING"))
                .isEqualTo(new IdPayload(PayloadType.IDI, 3, ascii(text.get("RFC822_NAME"))));
        assertThat(payload(PayloadType.IDR, file, "KEY_ID_PAYLOAD_HEX_STRING"))
                .isEqualTo(new IdPayload(PayloadType.IDR, 11, ascii(text.get("KEY_ID"))));
        assertThat(payload(PayloadType.IDR, file, "IPV4_ADDR_ID_PAYLOAD_RESPONDER_HEX_STRING"))
                .isEqualTo(new IdPayload(PayloadType.IDR, 1, Octets.ofHex("c0000264")));
    }

    @Test
    void keyExchange() throws IOException {
        Json file = Corpus.json(FOLDER + "/IkeKePayloadTest.json");

        assertThat(payload(PayloadType.KE, file, "expectedKePayload"))
                .isEqualTo(new KePayload(
                        KeId.MODP_1024,
                        file.get("hex").get("KEY_EXCHANGE_DATA_RAW_PACKET").octets()));
    }

    @Test
    void trafficSelectors() throws IOException {
        Json file = Corpus.json(FOLDER + "/IkeTsPayloadTest.json");

        assertThat(payload(PayloadType.TSI, file, "TS_INITIATOR_PAYLOAD_HEX_STRING"))
                .isEqualTo(TsPayload.of(
                        PayloadType.TSI,
                        List.of(
                                new TrafficSelectorSubstructure(
                                        7, 0, 16, 65520, Octets.ofHex("c0000264"), Octets.ofHex("c0000365")),
                                new TrafficSelectorSubstructure(
                                        7, 0, 0, 65535, Octets.ofHex("c0000464"), Octets.ofHex("c0000466")))));
    }

    @Test
    void configuration() throws IOException {
        Json file = Corpus.json(FOLDER + "/IkeConfigPayloadTest.json");
        ConfigurationPayload reply = (ConfigurationPayload) payload(PayloadType.CP, file, "CONFIG_RESP_PAYLOAD_HEX");

        assertThat(reply.cfgType()).isEqualTo(ConfigurationPayload.REPLY);
        assertThat(reply.attributes())
                .extracting(
                        ConfigurationAttribute::type,
                        attribute -> attribute.value().length())
                .containsExactly(tuple(1, 4), tuple(3, 4), tuple(3, 4), tuple(20, 4), tuple(21, 16));
    }

    @Test
    void proposals() throws IOException {
        Json hex = Corpus.json(FOLDER + "/IkeSaPayloadTest.json").get("hex");
        for (String name : List.of(
                "INBOUND_PROPOSAL_RAW_PACKET",
                "INBOUND_TWO_PROPOSAL_RAW_PACKET",
                "INBOUND_CHILD_PROPOSAL_RAW_PACKET",
                "saPayloadBodyHex",
                "inboundRequestSaPayload")) {
            assertThat(((SaPayload) read(PayloadType.SA, asPayload(hex.get(name).bytes()), name)).proposals())
                    .as(name)
                    .allSatisfy(proposal -> assertThat(proposal.transforms())
                            .isNotEmpty()
                            .allMatch(TransformSubstructure::isUnderstood));
        }
        byte[] two = asPayload(hex.get("INBOUND_CHILD_TWO_PROPOSAL_RAW_PACKET").bytes());
        assertThat(((SaPayload) read(PayloadType.SA, two, "two proposals")).proposals())
                .extracting(
                        ProposalSubstructure::number,
                        ProposalSubstructure::spi,
                        proposal -> proposal.transforms().getFirst())
                .containsExactly(
                        tuple(
                                1,
                                Octets.ofHex("cae7019f"),
                                TransformSubstructure.of(TransformType.ENCR, EncrId.AES_CBC, 128)),
                        tuple(
                                2,
                                Octets.ofHex("cae7019e"),
                                TransformSubstructure.of(TransformType.ENCR, EncrId.AES_GCM_8, 128)));
    }

    /** A payload with its generic header, alone whatever it says comes next; it must come back as it is. */
    private static Payload payload(PayloadType type, Json file, String name) {
        byte[] octets = file.get("hex").get(name).bytes();
        octets[0] = PayloadType.NO_NEXT;
        return read(type, octets, name);
    }

    private static Payload read(PayloadType type, byte[] chain, String name) {
        DecodedChain decoded = MessageReader.readChain(type.code(), chain);
        assertThat(decoded).as(name).isInstanceOf(DecodedChain.Payloads.class);
        List<Payload> payloads = ((DecodedChain.Payloads) decoded).payloads();
        assertThat(MessageWriter.chain(payloads)).as(name).isEqualTo(chain);
        return payloads.getFirst();
    }

    private static byte[] asPayload(byte[] body) {
        ByteBuffer payload = ByteBuffer.allocate(body.length + 4);
        return payload.putInt(body.length + 4).put(body).array();
    }

    private static boolean isMessage(byte[] octets) {
        return octets.length >= IkeHeader.LENGTH
                && octets[17] == 0x20
                && ByteBuffer.wrap(octets).getInt(24) == octets.length;
    }

    private static Octets ascii(Json text) {
        return Octets.wrap(text.text().getBytes(StandardCharsets.US_ASCII));
    }

    private interface ValueCheck {
        void run(String name, byte[] octets);
    }

    private static List<DynamicTest> forEachValue(ValueCheck check) throws IOException {
        return Corpus.files(FOLDER, ".json").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file, check)))
                .toList();
    }

    private static void run(Path file, ValueCheck check) throws IOException {
        for (Map.Entry<String, Json> value :
                Json.read(file).get("hex").members().entrySet()) {
            if (value.getValue().text().length() % 2 == 0) {
                check.run(value.getKey(), value.getValue().bytes());
            }
        }
    }
}
