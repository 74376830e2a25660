package org.ikebana.ike.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class IdentityFuzzTest {
    @MethodSource("texts")
    @FuzzTest
    void anyTextIsReadOrRefused(byte[] octets) {
        AnyIdentity.text(new String(octets, UTF_8));
    }

    @MethodSource("payloads")
    @FuzzTest
    void anyPayloadIsPrintedAndCompared(byte[] typeAndData) {
        if (typeAndData.length > 0) {
            AnyIdentity.payload(new IdPayload(
                    PayloadType.IDI, typeAndData[0] & 0xff, Octets.copyOf(typeAndData, 1, typeAndData.length)));
        }
    }

    static Stream<byte[]> texts() {
        return Stream.of(
                        "%any",
                        "192.0.2.1",
                        "fec0::1-fec0::4fff",
                        "*.example.org",
                        "@#0a0b",
                        "@@carol",
                        "{0x09}:CN=moon",
                        "keyid:#",
                        "C=CH, O=a\\, b, 2.5.4.3=*",
                        "/C=CH/E=moon@example.org/CN=moon",
                        "asn1dn:#3000")
                .map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> payloads() {
        return texts().flatMap(text -> AnyIdentity.parsed(new String(text, UTF_8)))
                .map(identity -> {
                    byte[] data = identity.data().toByteArray();
                    byte[] payload = new byte[data.length + 1];
                    payload[0] = (byte) identity.type();
                    System.arraycopy(data, 0, payload, 1, data.length);
                    return Arrays.copyOf(payload, payload.length);
                });
    }
}
