package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.memory.IpPacket;
import org.junit.jupiter.api.Test;

/** What must not happen under one key, done on purpose. */
class KeyLedgerTest {
    private static final int AES_GCM_16 = 20;
    private static final int SPI = 0x0bad_0001;

    private final KeyLedger ledger = new KeyLedger();
    private final SecureRandom random = new SeededRandom(1);

    @Test
    void aSequenceNumberThatIsSentTwice() {
        ledger.sent(packet(1));
        ledger.sent(packet(2));
        assertThatThrownBy(() -> ledger.sent(packet(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sequence number 2");
        assertThatThrownBy(() -> ledger.sent(packet(1))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aPacketThatIsTakenTwice() {
        ledger.accepted(packet(1));
        assertThatThrownBy(() -> ledger.accepted(packet(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was accepted twice");
    }

    @Test
    void anIvThatIsUsedTwice() {
        SkCipher cipher = cipher();
        byte[] message = new byte[cipher.bodyLength(0)];
        Octets key = Octets.ofInt(1);
        ledger.sealed(cipher, key, message, 0);
        assertThatThrownBy(() -> ledger.sealed(cipher, key, message, 0))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was used twice");
    }

    /** Whose counters of IVs know nothing of each other. */
    @Test
    void aKeyOfTwoIkeSas() {
        SkCipher first = cipher();
        SkCipher second = cipher();
        byte[] message = new byte[first.bodyLength(0)];
        first.seal(message, 0, new byte[0], random);
        assertThatCode(() -> first.seal(message, 0, new byte[0], random)).doesNotThrowAnyException();
        assertThatThrownBy(() -> second.seal(message, 0, new byte[0], random))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("one key for two IKE SAs");
    }

    private SkCipher cipher() {
        Encryption encryption = Host.CRYPTO.encryption(AES_GCM_16, 128).orElseThrow();
        Secret key = Secret.wrap(new byte[encryption.keyLength()]);
        return new WatchedCrypto(Host.CRYPTO, ledger).skCipher(encryption, null, key, Secret.wrap(new byte[0]));
    }

    private static IpPacket.Wrapped packet(long sequence) {
        IpPacket.Clear inner =
                IpPacket.Clear.udp(InetAddress.ofLiteral("10.1.0.5"), 4000, InetAddress.ofLiteral("10.2.0.5"), 4000);
        return new IpPacket.Wrapped(
                Scenario.WEST,
                Scenario.EAST,
                SaProtocol.ESP,
                new Spi(SPI),
                SaMode.TUNNEL,
                Optional.empty(),
                sequence,
                Octets.ofInt(1),
                inner,
                0);
    }
}
