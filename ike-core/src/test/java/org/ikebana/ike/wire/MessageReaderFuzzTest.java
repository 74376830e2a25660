package org.ikebana.ike.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of the reader. In a build the seeds alone are run; to fuzz for a minute:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl ike-core process-test-classes surefire:test@fuzz-test -Djazzer.hooks=true \
 *     -Dtest=MessageReaderFuzzTest#anyDatagramEndsInACleanOutcome</pre>
 */
class MessageReaderFuzzTest {
    @MethodSource("datagrams")
    @FuzzTest(maxDuration = "1m")
    void anyDatagramEndsInACleanOutcome(byte[] datagram) {
        CleanOutcome.of(datagram, () -> "what was fuzzed");
    }

    @MethodSource("chains")
    @FuzzTest(maxDuration = "1m")
    void anyChainEndsInACleanOutcome(byte[] typeAndChain) {
        if (typeAndChain.length > 0) {
            byte[] chain = Arrays.copyOfRange(typeAndChain, 1, typeAndChain.length);
            CleanOutcome.ofChain(
                    new RandomMessages(0).header(35), typeAndChain[0] & 0xff, chain, () -> "what was fuzzed");
        }
    }

    static Stream<byte[]> datagrams() {
        return LongStream.range(0, 50).mapToObj(seed -> MessageWriter.write(new RandomMessages(seed).message()));
    }

    static Stream<byte[]> chains() {
        return Arrays.stream(PayloadType.values()).map(RandomMessages::plain).map(payload -> {
            byte[] message = MessageWriter.write(new IkeMessage(new RandomMessages(0).header(34), List.of(payload)));
            byte[] chain = Arrays.copyOfRange(message, IkeHeader.LENGTH - 1, message.length);
            chain[0] = (byte) payload.typeCode();
            return chain;
        });
    }
}
