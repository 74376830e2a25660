package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is seen of an IKE_SA_INIT request at a glance is what is read of it; the answer is the same that is written from payloads. */
class InitGlanceTest {
    private static final Octets NONCE = Octets.ofHex("5a".repeat(32));
    private static final Octets COOKIE = Octets.ofHex("c0".repeat(17));
    private static final IkeHeader HEADER =
            IkeHeader.of(0x0102030405060708L, 0, ExchangeType.IKE_SA_INIT, true, false, 0);
    private static final KePayload KE = new KePayload(31, Octets.ofHex("09".repeat(32)));

    private static byte[] request(Payload... payloads) {
        return MessageWriter.write(new IkeMessage(HEADER, List.of(payloads)));
    }

    private static byte[] changed(int at, int octet) {
        byte[] datagram = request(KE, new NoncePayload(NONCE));
        datagram[at] = (byte) octet;
        return datagram;
    }

    @Test
    void seesNonceAndCookieWhereverTheyStand() {
        byte[] datagram = request(
                KE,
                NotifyPayload.of(NotifyType.NAT_DETECTION_SOURCE_IP, Octets.ofHex("00".repeat(20))),
                NotifyPayload.of(NotifyType.COOKIE, COOKIE),
                new NoncePayload(NONCE));
        assertThat(InitGlance.at(datagram)).isInstanceOfSatisfying(InitGlance.Request.class, seen -> {
            assertThat(seen.initiatorSpi()).isEqualTo(0x0102030405060708L);
            assertThat(Octets.copyOf(datagram, seen.nonceFrom(), seen.nonceTo()))
                    .isEqualTo(NONCE);
            assertThat(Octets.copyOf(datagram, seen.cookieFrom(), seen.cookieTo()))
                    .isEqualTo(COOKIE);
        });
    }

    @Test
    void demandsACookieAsTheWriterWouldWriteIt() {
        InitGlance.Request seen = (InitGlance.Request) InitGlance.at(request(KE, new NoncePayload(NONCE)));
        assertThat(seen.cookieTo()).isZero();
        assertThat(seen.demand(COOKIE.toByteArray()))
                .isEqualTo(MessageWriter.write(
                        new IkeMessage(HEADER.answer(), List.of(NotifyPayload.of(NotifyType.COOKIE, COOKIE)))));
    }

    @Test
    void leavesToOthersWhatIsNoRequestOfThisVersion() {
        assertThat(InitGlance.at(new byte[0])).isEqualTo(InitGlance.OTHER);
        assertThat(InitGlance.at(new byte[27])).isEqualTo(InitGlance.OTHER);
        assertThat(InitGlance.at(changed(15, 1))).isEqualTo(InitGlance.OTHER); // responder SPI
        assertThat(InitGlance.at(changed(17, 0x30))).isEqualTo(InitGlance.OTHER); // a higher version gets an answer
        assertThat(InitGlance.at(changed(18, 35))).isEqualTo(InitGlance.OTHER); // IKE_AUTH
        assertThat(InitGlance.at(changed(19, 0x20))).isEqualTo(InitGlance.OTHER); // a response
    }

    @Test
    void seesWhatNoPeerWouldSend() {
        assertThat(InitGlance.at(request(KE))).isEqualTo(InitGlance.BROKEN);
        assertThat(InitGlance.at(changed(23, 1))).isEqualTo(InitGlance.BROKEN); // message ID
        assertThat(InitGlance.at(changed(27, 1))).isEqualTo(InitGlance.BROKEN); // length of the message
        assertThat(InitGlance.at(changed(31, 3))).isEqualTo(InitGlance.BROKEN); // of a payload
        assertThat(InitGlance.at(changed(30, 0xff))).isEqualTo(InitGlance.BROKEN);
        assertThat(InitGlance.at(request(new NoncePayload(NONCE), new NoncePayload(NONCE))))
                .isEqualTo(InitGlance.BROKEN);
        byte[] withoutSpi = request(KE, new NoncePayload(NONCE));
        Arrays.fill(withoutSpi, 0, 8, (byte) 0);
        assertThat(InitGlance.at(withoutSpi)).isEqualTo(InitGlance.BROKEN);
    }

    /** Whatever the octets are: no exception, and no request that the reader finds none in. */
    @Test
    void isSureOfNothingThatTheReaderDoubts() {
        SplittableRandom random = new SplittableRandom(7296);
        byte[] sound = request(NotifyPayload.of(NotifyType.COOKIE, COOKIE), KE, new NoncePayload(NONCE));
        int requests = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] datagram =
                    Arrays.copyOf(sound, random.nextInt(8) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int changes = random.nextInt(3); changes > 0 && datagram.length > 0; changes--) {
                datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
            }
            if (InitGlance.at(datagram) instanceof InitGlance.Request seen) {
                requests++;
                if (MessageReader.read(datagram) instanceof Decoded.Accepted accepted) {
                    assertThat(accepted.message().payloads())
                            .contains(new NoncePayload(Octets.copyOf(datagram, seen.nonceFrom(), seen.nonceTo())));
                }
            }
        }
        assertThat(requests).isGreaterThan(20_000);
    }
}
