package org.ikebana.kernel.tun.spd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;

/** Against a search through all policies one by one, while they come and go. */
class PolicyClassifierPropertyTest {
    private static final long SEED = 20261206;
    private static final int CHANGES = 3_500;
    private static final int PACKETS_PER_CHANGE = 4;

    private final Random random = new Random(SEED);
    private final PolicyClassifier<Long> classifier = new PolicyClassifier<>();
    private final LinearClassifier plain = new LinearClassifier();
    private final List<PolicyKey> keys = new ArrayList<>();

    @Test
    void findsWhatAPlainSearchFinds() throws Exception {
        int met = 0;
        for (int change = 0; change < CHANGES; change++) {
            change(change);
            assertThat(classifier.size()).isEqualTo(plain.size());
            for (int i = 0; i < PACKETS_PER_CHANGE; i++) {
                IpHeader packet = packet();
                Direction direction = Direction.values()[random.nextInt(3)];
                int mark = random.nextInt(4);
                Long expected = plain.lookUp(direction, packet, mark);
                assertThat(classifier.lookUp(direction, packet, mark))
                        .as("seed %d, change %d, packet %d", SEED, change, i)
                        .isEqualTo(expected);
                met += expected != null ? 1 : 0;
            }
        }
        assertThat(met).as("packets that met a policy").isGreaterThan(CHANGES);
        assertThat(plain.size()).isGreaterThan(1_000);
        keys.forEach(classifier::remove);
        assertThat(classifier.size()).isZero();
    }

    private void change(int number) throws UnknownHostException {
        if (!keys.isEmpty() && random.nextInt(4) == 0) {
            PolicyKey key = keys.get(random.nextInt(keys.size()));
            classifier.remove(key);
            plain.remove(key);
            return;
        }
        boolean isOld = !keys.isEmpty() && random.nextInt(6) == 0;
        PolicyKey key = isOld ? keys.get(random.nextInt(keys.size())) : key();
        int priority = random.nextInt(10) - 5;
        keys.add(key);
        classifier.put(key, priority, number, (long) number);
        plain.put(key, priority, number);
    }

    private PolicyKey key() throws UnknownHostException {
        int size = random.nextBoolean() ? 4 : 16;
        int protocol = random.nextInt(3) == 0 ? (random.nextBoolean() ? 6 : 17) : 0;
        PolicySelector selector = new PolicySelector(prefix(size), prefix(size), protocol, portMatch(), portMatch());
        Mark mark = random.nextInt(4) == 0 ? new Mark(random.nextInt(4), random.nextInt(4)) : Mark.NONE;
        return new PolicyKey(selector, Direction.values()[random.nextInt(3)], mark, random.nextInt(20) == 0 ? 1 : 0);
    }

    private PortMatch portMatch() {
        return switch (random.nextInt(6)) {
            case 0 -> PortMatch.exactly(random.nextInt(4));
            case 1 -> new PortMatch(random.nextInt(4), 0xfffe);
            default -> PortMatch.ANY;
        };
    }

    private IpPrefix prefix(int size) throws UnknownHostException {
        int length = random.nextInt(3) == 0 ? random.nextInt(size * 8 + 1) : (size - random.nextInt(3)) * 8;
        byte[] address = address(size);
        for (int bit = length; bit < size * 8; bit++) {
            address[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
        return new IpPrefix(InetAddress.getByAddress(address), length);
    }

    /** Of a few, so that policies overlap and packets meet them. */
    private byte[] address(int size) {
        byte[] address = new byte[size];
        address[0] = 10;
        address[size / 2] = (byte) (random.nextInt(2) * 0x80);
        address[size - 2] = (byte) random.nextInt(2);
        address[size - 1] = (byte) random.nextInt(8);
        return address;
    }

    private IpHeader packet() {
        int version = random.nextBoolean() ? 4 : 6;
        TestPacket packet = random.nextBoolean() ? TestPacket.tcp(version, 0) : TestPacket.udp(version, 0);
        byte[] octets = packet.withPorts(random.nextInt(4), random.nextInt(4)).octets();
        int size = version == 4 ? 4 : 16;
        int addresses = version == 4 ? 12 : 8;
        System.arraycopy(address(size), 0, octets, addresses, size);
        System.arraycopy(address(size), 0, octets, addresses + size, size);
        return Memory.parsed(Memory.of(octets));
    }
}
