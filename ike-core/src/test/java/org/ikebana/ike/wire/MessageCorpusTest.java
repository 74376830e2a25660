package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.wire.RuleViolation.Cause;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Messages of other implementations whose content, also the encrypted one, is known. */
class MessageCorpusTest {
    @Test
    void initialMessagesAreReadAsExpected() throws IOException {
        for (Json message : Corpus.json("ike-messages/openswan-ike-sa-init.json")
                .get("messages")
                .list()) {
            byte[] datagram = message.get("message").bytes();
            String where = message.get("capture").text();
            Json types = message.get("payload_types");
            if (types.isNull() || !message.get("header_length_matches").isTrue()) {
                assertThat(MessageReader.read(datagram)).as(where).isInstanceOf(Decoded.Dropped.class);
            } else {
                ExpectedChain.check(datagram, types, where);
            }
        }
    }

    @TestFactory
    List<DynamicTest> protectedMessagesAreReadOutsideAndInside() throws IOException {
        return Corpus.files("ike-decrypt", ".json").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    for (Json message : Json.read(file).get("messages").list()) {
                        checkOutsideAndInside(message);
                    }
                }))
                .toList();
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
}
