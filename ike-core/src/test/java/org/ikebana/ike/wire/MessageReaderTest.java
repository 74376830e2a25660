package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private static final String SPIS = "1111111111111111 2222222222222222";
    private static final Payload NONCE = new NoncePayload(Octets.wrap(new byte[16]));
    private static final String CRITICAL_200 = "00 80 0006 cafe";

    @Test
    void anEmptyChainIsAMessage() {
        byte[] datagram = Hex.bytes(SPIS + "00 20 25 20 00000007 0000001c");
        IkeHeader header =
                IkeHeader.of(0x1111111111111111L, 0x2222222222222222L, ExchangeType.INFORMATIONAL, false, true, 7);

        assertThat(MessageReader.read(datagram)).isEqualTo(new Decoded.Accepted(new IkeMessage(header, List.of())));
        assertThat(MessageReader.readHeader(datagram)).contains(header);
        assertThat(header.exchange()).contains(ExchangeType.INFORMATIONAL);
    }

    @Test
    void flagsAreReadAndReservedOnesIgnored() {
        IkeHeader header = accepted(SPIS + "00 25 25 ff fffffffe 0000001c").header();

        assertThat(header)
                .isEqualTo(new IkeHeader(
                        0x1111111111111111L, 0x2222222222222222L, 2, 5, 37, true, true, true, 0xfffffffe));
    }

    @Test
    void anUnknownExchangeIsKept() {
        assertThat(accepted(SPIS + "00 20 f0 08 00000000 0000001c").header().exchange())
                .isEmpty();
    }

    @Test
    void lessThanAHeaderIsDropped() {
        assertDropped("", DropCause.TOO_SHORT);
        assertDropped(SPIS + "00 20 25 20 00000007 000000", DropCause.TOO_SHORT);
        assertThat(MessageReader.readHeader(new byte[27])).isEmpty();
    }

    @Test
    void theLengthMustBeTheDatagrams() {
        assertDropped(SPIS + "00 20 22 08 00000000 0000001b", DropCause.LENGTH_MISMATCH);
        assertDropped(SPIS + "00 20 22 08 00000000 0000001d", DropCause.LENGTH_MISMATCH);
        assertDropped(SPIS + "00 20 22 08 00000000 ffffffff", DropCause.LENGTH_MISMATCH);
    }

    @Test
    void versionOneIsNeverReadAsTwo() {
        assertDropped(SPIS + "01 10 02 00 00000000 0000001c", DropCause.LOWER_MAJOR_VERSION);
        assertDropped(SPIS + "01 00 02 00 00000000 0000001c", DropCause.LOWER_MAJOR_VERSION);
    }

    @Test
    void aRequestOfAHigherVersionIsAnsweredInOurs() {
        Decoded decoded = MessageReader.read(Hex.bytes(SPIS + "21 30 22 08 00000005 0000001c"));

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Answered.class, answered -> {
            assertThat(answered.notification()).isEqualTo(NotifyPayload.of(NotifyType.INVALID_MAJOR_VERSION));
            assertThat(answered.header().majorVersion()).isEqualTo(3);
            assertThat(Octets.wrap(MessageWriter.write(
                            new IkeMessage(answered.header().answer(), List.of(answered.notification())))))
                    .isEqualTo(Hex.octets(SPIS + "29 20 22 20 00000005 00000024 00 00 0008 00 00 0005"));
        });
    }

    @Test
    void aResponseOfAHigherVersionIsDropped() {
        assertDropped(SPIS + "21 30 22 20 00000000 0000001c", DropCause.HIGHER_MAJOR_VERSION);
    }

    @Test
    void anUnknownPayloadIsKept() {
        assertThat(accepted(SPIS + "c8 20 22 08 00000000 00000036 28 7f 0006 cafe 00 00 0014" + "00".repeat(16))
                        .payloads())
                .containsExactly(new UnknownPayload(200, false, Octets.ofHex("cafe")), NONCE);
    }

    @Test
    void anUnknownCriticalPayloadOfAnInitialRequestIsAnswered() {
        Decoded decoded = MessageReader.read(Hex.bytes(SPIS + "c8 20 22 08 00000000 00000022" + CRITICAL_200));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Answered.class,
                        answered -> assertThat(answered.notification())
                                .isEqualTo(NotifyPayload.of(
                                        NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, Octets.copyOf((byte) 200))));
    }

    @Test
    void anUnknownCriticalPayloadIsDroppedWhereNothingMayBeAnswered() {
        assertDropped(SPIS + "c8 20 22 20 00000000 00000022" + CRITICAL_200, DropCause.UNSUPPORTED_CRITICAL_PAYLOAD);
        assertDropped(SPIS + "c8 20 23 08 00000001 00000022" + CRITICAL_200, DropCause.UNSUPPORTED_CRITICAL_PAYLOAD);
    }

    @Test
    void theCriticalBitOfAKnownPayloadIsIgnored() {
        assertThat(accepted(SPIS + "28 20 22 08 00000000 00000030 00 80 0014" + "00".repeat(16))
                        .payloads())
                .containsExactly(NONCE);
    }

    @Test
    void aChainThatLeavesTheMessageIsDropped() {
        assertDropped(SPIS + "28 20 22 08 00000000 0000001c", DropCause.MALFORMED);
        assertDropped(SPIS + "28 20 22 08 00000000 00000020 00 00 0005", DropCause.MALFORMED);
        assertDropped(SPIS + "28 20 22 08 00000000 00000020 00 00 0003", DropCause.MALFORMED);
        assertDropped(SPIS + "2b 20 22 08 00000000 00000020 2b 00 0004", DropCause.MALFORMED);
        assertDropped(SPIS + "7f 20 23 08 00000000 00000024 23 00 0008 00000000", DropCause.MALFORMED);
    }

    @Test
    void octetsAfterTheLastPayloadAreIgnoredInClearAlone() {
        assertThat(accepted(SPIS + "28 20 22 08 00000000 00000032 00 00 0014" + "00".repeat(16) + "ffff")
                        .payloads())
                .containsExactly(NONCE);
        assertDropped(SPIS + "2e 20 25 08 00000000 00000024 00 00 0006 ffff ffff", DropCause.MALFORMED);
    }

    @Test
    void whatAnEncryptedPayloadNamesIsInside() {
        assertThat(accepted(SPIS + "2b 20 25 08 00000000 00000026 2e 00 0004 21 00 0006 abcd")
                        .payloads())
                .containsExactly(new VendorIdPayload(Octets.EMPTY), new EncryptedPayload(33, Octets.ofHex("abcd")));
    }

    @Test
    void whatShouldBeProtectedIsNotEvenReadInClear() {
        assertThat(accepted(SPIS + "23 20 23 08 00000001 00000029 29 00 0005 01 00 00 0008 0000 0018")
                        .payloads())
                .containsExactly(
                        new UnreadPayload(PayloadType.IDI, Octets.ofHex("01")),
                        NotifyPayload.of(NotifyType.AUTHENTICATION_FAILED));
    }

    @Test
    void anUnknownCriticalPayloadInsideIsRefused() {
        assertThat(MessageReader.readChain(200, Hex.bytes(CRITICAL_200)))
                .isEqualTo(new DecodedChain.Refused(
                        NotifyPayload.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, Octets.copyOf((byte) 200)),
                        "unknown critical payload of type 200"));
        assertThat(MessageReader.readChain(200, Hex.bytes("00 00 0006 cafe")))
                .isEqualTo(new DecodedChain.Payloads(List.of(new UnknownPayload(200, false, Octets.ofHex("cafe")))));
    }

    @Test
    void theChainInsideMustFillThePlaintext() {
        assertThat(MessageReader.readChain(PayloadType.NO_NEXT, new byte[0]))
                .isEqualTo(new DecodedChain.Payloads(List.of()));
        assertRefused(PayloadType.NO_NEXT, "00");
        assertRefused(PayloadType.VENDOR_ID.code(), "00 00 0004 00");
        assertRefused(PayloadType.VENDOR_ID.code(), "");
    }

    @Test
    void encryptedPayloadsDoNotNest() {
        assertRefused(PayloadType.SK.code(), "00 00 0004");
        assertRefused(PayloadType.SKF.code(), "00 00 0008 0001 0001");
    }

    private static IkeMessage accepted(String datagram) {
        Decoded decoded = MessageReader.read(Hex.bytes(datagram));
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded).message();
    }

    private static void assertDropped(String datagram, DropCause cause) {
        assertThat(MessageReader.read(Hex.bytes(datagram)))
                .isInstanceOfSatisfying(
                        Decoded.Dropped.class,
                        dropped -> assertThat(dropped.cause()).isEqualTo(cause));
    }

    private static void assertRefused(int firstType, String chain) {
        assertThat(MessageReader.readChain(firstType, Hex.bytes(chain)))
                .isInstanceOfSatisfying(
                        DecodedChain.Refused.class,
                        refused -> assertThat(refused.notification())
                                .isEqualTo(NotifyPayload.of(NotifyType.INVALID_SYNTAX)));
    }
}
