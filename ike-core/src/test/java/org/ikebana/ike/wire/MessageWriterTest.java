package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
    private static final IkeHeader HEADER = IkeHeader.of(1, 2, ExchangeType.IKE_AUTH, true, false, 1);
    private static final String HEADER_START = "0000000000000001 0000000000000002";

    @Test
    void payloadsAreLinked() {
        byte[] message = MessageWriter.write(new IkeMessage(
                IkeHeader.of(1, 0, ExchangeType.IKE_SA_INIT, true, false, 0),
                List.of(
                        new NoncePayload(Octets.ofHex("aa")),
                        new UnknownPayload(200, true, Octets.EMPTY),
                        NotifyPayload.of(NotifyType.COOKIE))));

        assertThat(Octets.wrap(message)).isEqualTo(Hex.octets("""
                                0000000000000001 0000000000000000  28 20 22 08  00000000 0000002d
                                c8 00 0005 aa
                                29 80 0004
                                00 00 0008 00 00 4006
                                """));
    }

    @Test
    void aProtectedMessageIsReadyForItsBody() {
        byte[] message = MessageWriter.protectedMessage(HEADER, 35, 3);

        assertThat(Octets.wrap(message))
                .isEqualTo(Hex.octets(HEADER_START + "2e 20 23 08 00000001 00000023  23 00 0007 000000"));
        assertThat(message).hasSize(MessageWriter.SK_BODY_OFFSET + 3);
    }

    @Test
    void aProtectedFragmentIsReadyForItsBody() {
        byte[] message = MessageWriter.protectedFragment(HEADER, 35, 1, 258, 2);

        assertThat(Octets.wrap(message))
                .isEqualTo(Hex.octets(HEADER_START + "35 20 23 08 00000001 00000026  23 00 000a 0001 0102 0000"));
        assertThat(message).hasSize(MessageWriter.SKF_BODY_OFFSET + 2);
    }

    @Test
    void aChainStartsWithItsFirstType() {
        List<Payload> payloads = List.of(new EapPayload(Octets.EMPTY), new NoncePayload(Octets.EMPTY));

        assertThat(MessageWriter.firstType(payloads)).isEqualTo(48);
        assertThat(MessageWriter.chain(payloads)).isEqualTo(Hex.bytes("28 00 0004 00 00 0004"));
        assertThat(MessageWriter.firstType(List.of())).isEqualTo(PayloadType.NO_NEXT);
        assertThat(MessageWriter.chain(List.of())).isEmpty();
    }

    @Test
    void nothingFollowsAnEncryptedPayload() {
        List<Payload> payloads = List.of(new EncryptedPayload(0, Octets.EMPTY), new NoncePayload(Octets.EMPTY));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageWriter.chain(payloads))
                .withMessageContaining("after an encrypted one");
    }

    @Test
    void aPayloadTooLongForItsLengthIsNotCutShort() {
        List<Payload> longest = List.of(new EapPayload(Octets.wrap(new byte[65531])));
        List<Payload> tooLong = List.of(new EapPayload(Octets.wrap(new byte[65532])));

        assertThat(MessageWriter.chain(longest)).hasSize(65535);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageWriter.chain(tooLong))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException().isThrownBy(() -> MessageWriter.protectedMessage(HEADER, 0, 65532));
    }
}
