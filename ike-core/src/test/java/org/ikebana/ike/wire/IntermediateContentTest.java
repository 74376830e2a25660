package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9242 3.3.2, figure 1. */
class IntermediateContentTest {
    private static final IkeHeader HEADER =
            IkeHeader.of(0x0102030405060708L, 0x1112131415161718L, ExchangeType.IKE_INTERMEDIATE, true, false, 1);
    private static final List<Payload> INNER = List.of(new KePayload(36, Octets.ofHex("aabbccddee")));
    private static final String SPIS = "01020304050607081112131415161718";
    private static final String PLAIN = "0000000d" + "00240000" + "aabbccddee";

    /** Written by hand: the header with length 45, the SK header with length 17, the KE payload. */
    private static final Octets CONTENT =
            Octets.ofHex(SPIS + "2e202b08" + "00000001" + "0000002d" + "22000011" + PLAIN);

    @Test
    void ofWhatIsSent() {
        assertThat(IntermediateContent.of(HEADER, INNER)).isEqualTo(CONTENT);
    }

    @Test
    void ofAWholeMessage() {
        byte[] message = MessageWriter.protectedMessage(HEADER, 34, 50);
        Arrays.fill(message, MessageWriter.SK_BODY_OFFSET, message.length, (byte) 0x5a);

        assertThat(IntermediateContent.of(message, plain())).isEqualTo(CONTENT);
    }

    @Test
    void ofAFirstFragment() {
        byte[] message = MessageWriter.protectedFragment(HEADER, 34, 1, 7, 50);

        assertThat(IntermediateContent.of(message, plain())).isEqualTo(CONTENT);
    }

    @Test
    void ofNothingInside() {
        assertThat(IntermediateContent.of(HEADER, List.of()))
                .isEqualTo(IntermediateContent.of(MessageWriter.protectedMessage(HEADER, 0, 30), new byte[0]))
                .isEqualTo(Octets.ofHex(SPIS + "2e202b08" + "00000001" + "00000020" + "00000004"));
    }

    /** What stands before the encrypted payload belongs to it, and its next payload field changes with fragmentation. */
    @Test
    void withPayloadsInClear() {
        Payload vendor = new VendorIdPayload(Octets.ofHex("0a0b0c"));
        byte[] whole = MessageWriter.write(new IkeMessage(
                HEADER, List.of(vendor, new EncryptedPayload(34, Octets.ofHex("00".repeat(40))))));
        byte[] fragment = MessageWriter.write(new IkeMessage(
                HEADER, List.of(vendor, new EncryptedFragmentPayload(34, 1, 2, Octets.ofHex("00".repeat(40))))));

        assertThat(IntermediateContent.of(whole, plain()))
                .isEqualTo(IntermediateContent.of(fragment, plain()))
                .isEqualTo(Octets.ofHex(
                        SPIS + "2b202b08" + "00000001" + "00000034" + "2e000007" + "0a0b0c" + "22000011" + PLAIN));
    }

    /** Reserved bits stay as they came, of the first fragment as well. */
    @Test
    void withReservedBits() {
        byte[] whole = MessageWriter.protectedMessage(HEADER, 34, 50);
        byte[] fragment = MessageWriter.protectedFragment(HEADER, 34, 1, 2, 50);
        whole[29] = 0x15;
        fragment[29] = 0x15;

        byte[] expected = CONTENT.toByteArray();
        expected[29] = 0x15;
        assertThat(IntermediateContent.of(whole, plain()))
                .isEqualTo(IntermediateContent.of(fragment, plain()))
                .isEqualTo(Octets.wrap(expected));
    }

    private static byte[] plain() {
        return HexFormat.of().parseHex(PLAIN);
    }
}
