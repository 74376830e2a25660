package org.ikebana.ike.eap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class EapFuzzTest {
    @MethodSource("packets")
    @FuzzTest
    void anyPacketIsReadOrNone(byte[] bytes) {
        Octets octets = Octets.copyOf(bytes);
        Optional<EapPacket> packet = EapPacket.decode(octets);
        packet.map(EapPacket::encode)
                .ifPresent(again -> assertThat(octets.slice(0, again.length())).isEqualTo(again));
    }

    @MethodSource("packets")
    @FuzzTest
    void anyMsChapV2PacketIsReadOrNone(byte[] bytes) {
        Octets octets = Octets.copyOf(bytes);
        MsChapV2Packet.decode(octets)
                .ifPresent(packet ->
                        assertThat(MsChapV2Packet.decode(packet.encode())).isPresent());
    }

    @MethodSource("packets")
    @FuzzTest
    void anyNameIsPrinted(byte[] bytes) {
        assertThat(EapName.of(Octets.copyOf(bytes)).toString()).isNotEmpty();
    }

    static Stream<byte[]> packets() {
        return Stream.of(
                        "01010005" + "01",
                        "02010009" + "01" + "6a6f6521",
                        "03010004",
                        "04010004",
                        "02100006031a",
                        "011100331a0142002e105b5d7c7d7b3f2f3e3c2c60213226262861757468656e74696361746f7240616e64726f69642e6e6574",
                        "0142002e105b5d7c7d7b3f2f3e3c2c60213226262861757468656e74696361746f7240616e64726f69642e6e6574",
                        "03420006533d",
                        "04420006453d",
                        "03",
                        "3000",
                        "")
                .map(hex -> Octets.ofHex(hex).toByteArray());
    }
}
