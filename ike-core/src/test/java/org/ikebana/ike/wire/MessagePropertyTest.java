package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of all messages; a failure names the seed that shows it. */
class MessagePropertyTest {
    private static final int MESSAGES = 1000;
    private static final int MUTATIONS = 25;

    @Test
    void aMessageIsReadAsItWasWritten() {
        for (int seed = 0; seed < MESSAGES; seed++) {
            IkeMessage message = new RandomMessages(seed).message();

            assertThat(MessageReader.read(MessageWriter.write(message)))
                    .as("seed %d", seed)
                    .isEqualTo(new Decoded.Accepted(message));
        }
    }

    @Test
    void aChainIsReadAsItWasWritten() {
        for (int seed = 0; seed < MESSAGES; seed++) {
            List<Payload> chain = new RandomMessages(seed).chain();

            assertThat(MessageReader.readChain(MessageWriter.firstType(chain), MessageWriter.chain(chain)))
                    .as("seed %d", seed)
                    .isEqualTo(new DecodedChain.Payloads(chain));
        }
    }

    @Test
    void everyTruncationEndsInACleanOutcome() {
        for (int seed = 0; seed < MESSAGES / 10; seed++) {
            byte[] message = MessageWriter.write(new RandomMessages(seed).message());
            for (int length = 0; length < message.length; length++) {
                String where = "seed " + seed + ", " + length + " octets";
                byte[] cut = Arrays.copyOf(message, length);
                assertThat(MessageReader.read(cut)).as(where).isInstanceOf(Decoded.Dropped.class);
                CleanOutcome.of(withItsOwnLength(cut), () -> where);
            }
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyMutationEndsInACleanOutcome() {
        for (int seed = 0; seed < MESSAGES; seed++) {
            RandomMessages random = new RandomMessages(seed);
            IkeMessage message = random.message();
            List<Payload> chain = random.chain();
            byte[] datagram = MessageWriter.write(message);
            byte[] plain = MessageWriter.chain(chain);
            for (int i = 0; i < MUTATIONS; i++) {
                String where = "seed " + seed + ", mutation " + i;
                CleanOutcome.of(random.mutated(datagram), () -> where);
                CleanOutcome.ofChain(
                        message.header(), MessageWriter.firstType(chain), random.mutated(plain), () -> where);
            }
        }
    }

    @Test
    void garbageEndsInACleanOutcome() {
        for (int seed = 0; seed < MESSAGES; seed++) {
            RandomMessages random = new RandomMessages(seed);
            byte[] garbage = random.garbage(seed);
            String where = "seed " + seed;
            CleanOutcome.of(garbage, () -> where);
            CleanOutcome.ofChain(random.header(35), 33 + seed % 24, garbage, () -> where);
        }
    }

    /** What a peer makes us allocate is a small multiple of what it had to send. */
    @Test
    void memoryIsBoundedByTheOctetsReceived() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int seed = 0; seed < MESSAGES; seed++) {
            RandomMessages random = new RandomMessages(seed);
            byte[] datagram = random.mutated(MessageWriter.write(random.message()));
            MessageReader.read(datagram);
            long before = threads.getCurrentThreadAllocatedBytes();
            MessageReader.read(datagram);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).as("seed %d", seed).isLessThan(8192 + 50L * datagram.length);
        }
    }

    /** The cut alone would be noticed by the header's length. */
    private static byte[] withItsOwnLength(byte[] message) {
        byte[] fitting = message.clone();
        if (fitting.length >= IkeHeader.LENGTH) {
            fitting[26] = (byte) (fitting.length >> 8);
            fitting[27] = (byte) fitting.length;
        }
        return fitting;
    }
}
