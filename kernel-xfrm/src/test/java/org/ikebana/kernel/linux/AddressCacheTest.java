package org.ikebana.kernel.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressCacheTest {
    private final AddressCache cache = new AddressCache();
    private final ByteBuffer memory = NativeMemory.allocate(Sockaddr.CAPACITY);

    @Test
    void laysSockaddrInOut() throws Exception {
        Sockaddr.put(memory, 0, new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 4500));
        assertThat(octets(16)).isEqualTo("0200" + "1194" + "c0000201" + "0000000000000000");
    }

    @Test
    void laysSockaddrIn6Out() throws Exception {
        Sockaddr.put(memory, 0, new InetSocketAddress(InetAddress.getByName("fe80::1%7"), 500));
        assertThat(octets(28))
                .isEqualTo("0a00" + "01f4" + "00000000" + "fe800000000000000000000000000001" + "07000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesBackWhatWasPutWhateverElseWasLookedUp(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(ip);
            // Few values in the low octets, so that many are looked up again and many share a place.
            ip[0] = 32;
            ip[1] &= 1;
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(ip), random.nextInt(65536));
            Sockaddr.put(memory, 0, address);
            assertThat(Sockaddr.get(memory, 0, IpFamily.of(address.getAddress()), cache))
                    .isEqualTo(address);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "fe80::1%7"})
    void keepsWhatIsSeenAgain(String ip) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(ip), 500);
        Sockaddr.put(memory, 0, address);
        IpFamily family = IpFamily.of(address.getAddress());
        InetSocketAddress first = Sockaddr.get(memory, 0, family, cache);
        assertThat(first.getAddress().getHostAddress())
                .isEqualTo(address.getAddress().getHostAddress());
        assertThat(Sockaddr.get(memory, 0, family, cache)).isSameAs(first);
    }

    @Test
    void tellsLinksApartByTheirScope() throws Exception {
        for (int scope : new int[] {7, 8}) {
            Sockaddr.put(memory, 0, new InetSocketAddress(InetAddress.getByName("fe80::1%" + scope), 500));
            Inet6Address found =
                    (Inet6Address) Sockaddr.get(memory, 0, IpFamily.IPV6, cache).getAddress();
            assertThat(found.getScopeId()).isEqualTo(scope);
        }
    }

    @Test
    void leavesAMappedAddressInItsFamily() {
        memory.put(8 + 10, (byte) 0xff).put(8 + 11, (byte) 0xff).put(8 + 12, new byte[] {(byte) 192, 0, 2, 1});
        assertThat(Sockaddr.get(memory, 0, IpFamily.IPV6, cache).getAddress()).isInstanceOf(Inet6Address.class);
    }

    private String octets(int length) {
        byte[] octets = new byte[length];
        memory.get(0, octets);
        return HexFormat.of().formatHex(octets);
    }
}
