package org.ikebana.kernel.xfrm.message;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmId;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmMark;
import org.ikebana.kernel.xfrm.struct.XfrmSelector;

/** What commands about SAs and about policies have in common. */
final class IpXfrmParts {
    static final Map<String, Integer> MODES = Map.of("transport", 0, "tunnel", 1, "ro", 2, "in_trigger", 3, "beet", 4);
    static final Map<String, Integer> DIRECTIONS = Map.of("in", 0, "out", 1, "fwd", 2);
    private static final Map<String, Integer> PROTOCOLS =
            Map.of("esp", 50, "ah", 51, "comp", 108, "route2", 43, "hao", 60);
    private static final Map<String, Integer> UPPER_PROTOCOLS = Map.of(
            "icmp", 1, "tcp", 6, "udp", 17, "dccp", 33, "gre", 47, "ipv6-icmp", 58, "sctp", 132, "esp", 50, "ah", 51);

    private IpXfrmParts() {}

    static int family(InetAddress address) {
        return address instanceof Inet6Address ? Socket.AF_INET6 : Socket.AF_INET;
    }

    static int upperProtocol(String name) {
        Integer number = UPPER_PROTOCOLS.get(name);
        return number != null ? number : Integer.parseInt(name);
    }

    /** {@code [ src ADDR ] [ dst ADDR ] [ proto XFRM-PROTO ] [ spi SPI ]}. */
    static final class Id {
        XfrmAddress source = XfrmAddress.ANY;
        XfrmAddress destination = XfrmAddress.ANY;
        int family;
        int spi;
        int protocol;

        boolean option(String word, Words words) {
            switch (word) {
                case "src" -> source = address(words);
                case "dst" -> destination = address(words);
                case "proto" -> {
                    protocol = PROTOCOLS.containsKey(words.peek()) ? words.choice(PROTOCOLS) : words.number();
                }
                case "spi" -> spi = words.number();
                default -> {
                    return false;
                }
            }
            return true;
        }

        XfrmId id() {
            return new XfrmId(destination, spi, protocol);
        }

        private XfrmAddress address(Words words) {
            InetAddress address = words.address();
            family = family(address);
            return XfrmAddress.of(address);
        }
    }

    /** {@code [ src ADDR[/PLEN] ] [ dst ADDR[/PLEN] ] [ dev DEV ] [ UPSPEC ]}. */
    static final class Selector {
        private XfrmAddress source = XfrmAddress.ANY;
        private XfrmAddress destination = XfrmAddress.ANY;
        private int sourceLength;
        private int destinationLength;
        private int sourcePort;
        private int sourceMask;
        private int destinationPort;
        private int destinationMask;
        private int protocol;
        private int ifindex;
        int family;

        boolean option(String word, Words words) {
            switch (word) {
                case "src" -> {
                    String[] prefix = words.next().split("/");
                    source = address(prefix);
                    sourceLength = length(prefix);
                }
                case "dst" -> {
                    String[] prefix = words.next().split("/");
                    destination = address(prefix);
                    destinationLength = length(prefix);
                }
                case "dev" -> ifindex = index(words.next());
                case "proto" -> protocol = upperProtocol(words.next());
                case "sport", "type" -> {
                    sourcePort = words.number();
                    sourceMask = 0xffff;
                }
                case "dport", "code" -> {
                    destinationPort = words.number();
                    destinationMask = 0xffff;
                }
                case "key" -> greKey(words.next());
                default -> {
                    return false;
                }
            }
            return true;
        }

        XfrmSelector selector(int familyIfUnspecified) {
            return new XfrmSelector(
                    destination,
                    source,
                    destinationPort,
                    destinationMask,
                    sourcePort,
                    sourceMask,
                    family == 0 ? familyIfUnspecified : family,
                    destinationLength,
                    sourceLength,
                    protocol,
                    ifindex,
                    0);
        }

        private XfrmAddress address(String[] prefix) {
            InetAddress address = Words.address(prefix[0]);
            family = family(address);
            return XfrmAddress.of(address);
        }

        private int length(String[] prefix) {
            if (prefix.length > 1) {
                return Integer.parseInt(prefix[1]);
            }
            return family == Socket.AF_INET6 ? 128 : 32;
        }

        private void greKey(String key) {
            int value = key.contains(".")
                    ? new java.math.BigInteger(Words.address(key).getAddress()).intValue()
                    : (int) (long) Long.decode(key);
            sourcePort = value >>> 16;
            destinationPort = value & 0xffff;
            sourceMask = 0xffff;
            destinationMask = 0xffff;
        }

        private static int index(String device) {
            try {
                NetworkInterface found = NetworkInterface.getByName(device);
                if (found == null) {
                    throw new IllegalArgumentException("This machine has no device " + device);
                }
                return found.getIndex();
            } catch (SocketException e) {
                throw new IllegalArgumentException(device, e);
            }
        }
    }

    /** {@code limit { time-soft | … | packet-hard } NUMBER}. */
    static final class Limits {
        private static final List<String> ORDER = List.of(
                "byte-soft",
                "byte-hard",
                "packet-soft",
                "packet-hard",
                "time-soft",
                "time-hard",
                "time-use-soft",
                "time-use-hard");
        private final long[] values = new long[8];

        Limits(long ofBytesAndPackets) {
            for (int i = 0; i < 4; i++) {
                values[i] = ofBytesAndPackets;
            }
        }

        void take(Words words) {
            int index = ORDER.indexOf(words.next());
            if (index < 0) {
                throw words.unknown();
            }
            values[index] = words.bigNumber();
        }

        XfrmLifetimeCfg limits() {
            return new XfrmLifetimeCfg(
                    values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
        }
    }

    /** {@code mark MARK [ mask MASK ]}; iproute2 leaves out a mark that no packet is asked for. */
    static Attributes mark(Attributes attributes, Words words) {
        int value = words.number();
        int mask = words.take("mask") ? words.number() : -1;
        return mask == 0 ? attributes : attributes.with(Xfrma.MARK, new XfrmMark(value, mask));
    }
}
