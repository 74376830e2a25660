package org.ikebana.vici.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class PacketFuzzTest {
    private static final int LENGTH_FIELD = 4;

    /** What is taken says the same when it is encoded again: there is one encoding of a packet. */
    @MethodSource("packets")
    @FuzzTest(maxDuration = "2m")
    void anyOctetsAreTakenOrRefused(byte[] octets) {
        Packet packet;
        try {
            packet = Packet.decode(octets);
        } catch (MalformedPacketException refused) {
            assertThat(refused).hasMessageMatching("[ -~]+");
            return;
        }
        byte[] again = packet.encode();
        assertThat(Arrays.copyOfRange(again, LENGTH_FIELD, again.length)).isEqualTo(octets);
    }

    static Stream<byte[]> packets() {
        return Stream.of(
                new byte[0],
                new byte[] {5},
                new byte[] {3, 3, 'l', 'o', 'g'},
                new byte[] {0, 1, 'x', 1, 1, 'a', 4, 1, 'l', 5, 0, 1, 'i', 6, 3, 1, 'k', 0, 0, 2},
                new byte[] {1, 3, 1, 'k', (byte) 0xff, (byte) 0xff},
                Arrays.copyOfRange(
                        Packet.event(
                                        "list-sa",
                                        Message.with()
                                                .list("ts", List.of("10.0.0.0/8"))
                                                .build())
                                .encode(),
                        LENGTH_FIELD,
                        38));
    }
}
