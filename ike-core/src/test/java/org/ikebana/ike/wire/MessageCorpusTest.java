package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.wire.RuleViolation.Cause;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Messages of other implementations whose content, also the encrypted one, is known. */
class MessageCorpusTest {
    @TestFactory
    List<DynamicTest> messagesAreReadAsExpected() throws IOException {
        return forEachMessage("ike-messages", message -> {
            byte[] datagram = message.get("message").bytes();
            String where = message.get("capture").text();
            Json types = message.get("payload_types");
            if (types.isNull() || !message.get("header_length_matches").isTrue()) {
                assertThat(MessageReader.read(datagram)).as(where).isInstanceOf(Decoded.Dropped.class);
            } else {
                ExpectedChain.check(datagram, types, where);
            }
        });
    }

    @TestFactory
    List<DynamicTest> protectedMessagesAreReadOutsideAndInside() throws IOException {
        return forEachMessage("ike-decrypt", MessageCorpusTest::checkOutsideAndInside);
    }

    @Test
    void vendorIdsAreReadAndWrittenBack() throws IOException {
        assertThat(Corpus.json("ike-messages/vendor-ids.json").get("vendor_ids").list())
                .extracting(vendorId -> vendorId.get("pattern").text())
                .filteredOn(pattern -> pattern.matches("\\^([0-9a-f]{2})+\\$?"))
                .isNotEmpty()
                .allSatisfy(pattern -> {
                    Octets body = Octets.ofHex(pattern.replaceAll("[^0-9a-f]", ""));
                    byte[] chain = Hex.bytes("00 00 %04x %s".formatted(body.length() + 4, body));
                    assertThat(MessageReader.readChain(PayloadType.VENDOR_ID.code(), chain))
                            .isEqualTo(new DecodedChain.Payloads(List.of(new VendorIdPayload(body))));
                    assertThat(MessageWriter.chain(List.of(new VendorIdPayload(body))))
                            .isEqualTo(chain);
                });
    }

    private static void checkOutsideAndInside(Json message) {
        String where =
                message.get("exchange").text() + " " + message.get("message_id").number();
        Decoded decoded = MessageReader.read(message.get("message").bytes());
        assertThat(decoded).as(where).isInstanceOf(Decoded.Accepted.class);
        IkeMessage outside = ((Decoded.Accepted) decoded).message();
        assertThat(outside.header().exchange())
                .as(where)
                .contains(ExchangeType.valueOf(message.get("exchange").text()));
        assertThat(MessageRules.checkOuter(outside)).as(where).isEmpty();
        if (message.has("outer_payload_types")) {
            ExpectedChain.check(message.get("message").bytes(), message.get("outer_payload_types"), where);
        }
        if (message.has("inner")) {
            checkInside(outside, message, where);
        }
    }

    private static void checkInside(IkeMessage outside, Json message, String where) {
        int firstInner = message.get("first_inner").number();
        assertThat(outside.payloads().getLast())
                .as(where)
                .isInstanceOfSatisfying(
                        EncryptedPayload.class,
                        sk -> assertThat(sk.firstInner()).isEqualTo(firstInner));
        byte[] plain = message.get("inner").bytes();
        DecodedChain chain = MessageReader.readChain(firstInner, plain);
        assertThat(chain).as(where).isInstanceOfSatisfying(DecodedChain.Payloads.class, inside -> {
            assertThat(inside.payloads())
                    .as(where)
                    .extracting(Payload::typeCode)
                    .isEqualTo(message.get("inner_payload_types").list().stream()
                            .map(Json::number)
                            .toList());
            assertThat(MessageWriter.chain(inside.payloads())).as(where).isEqualTo(plain);
            // Some unit tests shorten the nonce.
            assertThat(MessageRules.checkInner(outside.header(), inside.payloads())
                            .filter(violation -> violation.cause() != Cause.NONCE_LENGTH))
                    .as(where)
                    .isEmpty();
        });
    }

    private interface MessageCheck {
        void run(Json message);
    }

    /** One test for each file that holds messages. */
    private static List<DynamicTest> forEachMessage(String folder, MessageCheck check) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Corpus.files(folder, ".json")) {
            Json content = Json.read(file);
            if (content.has("messages")) {
                List<Json> messages = content.get("messages").list();
                tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> messages.forEach(check::run)));
            }
        }
        return tests;
    }
}
