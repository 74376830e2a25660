package org.ikebana.hostile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What an attacker makes of a genuine ESP packet. None of it may get through. */
enum Hostility {
    /** The same once more; of a packet that has arrived. */
    REPLAYED {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            return genuine;
        }
    },
    /** Any length from one octet to one less than all. */
    TRUNCATED {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            return Arrays.copyOf(genuine, random.nextInt(1, genuine.length));
        }
    },
    EXTENDED {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            byte[] longer = random(random, genuine.length + random.nextInt(1, 64));
            System.arraycopy(genuine, 0, longer, 0, genuine.length);
            return longer;
        }
    },
    /** One to eight bits are other ones, anywhere but in the SPI. */
    MUTATED {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            byte[] mutated = genuine.clone();
            int bits = random.nextInt(1, 9);
            for (int i = 0; i < bits || Arrays.equals(mutated, genuine); i++) {
                mutated[random.nextInt(SEQUENCE, mutated.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return mutated;
        }
    },
    /** A sequence number far ahead: believed, it would shut the window behind it on the genuine ones. */
    AHEAD {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            byte[] ahead = genuine.clone();
            ByteBuffer numbers = ByteBuffer.wrap(ahead);
            numbers.putInt(SEQUENCE, numbers.getInt(SEQUENCE) + random.nextInt(1, Integer.MAX_VALUE));
            return ahead;
        }
    },
    WRONG_SPI {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            byte[] wrong = genuine.clone();
            ByteBuffer.wrap(wrong).putInt(0, ByteBuffer.wrap(genuine).getInt(0) ^ random.nextInt(1, 0x1000));
            return wrong;
        }
    },
    /** Under the right SPI. */
    RANDOM_BODY {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            byte[] body = random(random, random.nextInt(SEQUENCE, MOST_OCTETS));
            System.arraycopy(genuine, 0, body, 0, SEQUENCE);
            return body;
        }
    },
    /** In UDP some of it looks like IKE, or like a keepalive. */
    RANDOM {
        @Override
        byte[] make(byte[] genuine, RandomGenerator random) {
            byte[] octets = random(random, random.nextInt(1, MOST_OCTETS));
            if (random.nextInt(8) == 0) {
                Arrays.fill(octets, 0, Math.min(octets.length, NON_ESP_MARKER), (byte) 0);
            }
            return octets;
        }
    };

    private static final int SEQUENCE = 4;
    private static final int NON_ESP_MARKER = 4;
    private static final int MOST_OCTETS = 1500;

    /** @return the packet; the genuine one itself is left as it is */
    abstract byte[] make(byte[] genuine, RandomGenerator random);

    private static byte[] random(RandomGenerator random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
