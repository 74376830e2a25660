package org.ikebana.kernel.tun.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;
import static org.ikebana.kernel.tun.route.Nets.net;

import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.kernel.link.Links;
import org.ikebana.kernel.link.SourceAddresses;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.tun.device.TunDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SourceAddressesTest {
    @Test
    void choosesTheAddressOfTheNetworkThatFitsBest() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link add v0 type veth peer name v1");
            command("ip link set v0 up");
            command("ip link set v1 up");
            command("ip addr add 10.1.0.1/16 dev v0");
            command("ip addr add 10.1.7.1/24 dev v1");
            command("ip addr add 10.1.7.2/24 dev v1");
            command("ip addr add 10.1.9.9/32 dev v0");
            command("ip addr add 10.5.5.5/32 dev lo");
            command("ip addr add 169.254.1.1/16 dev v0 scope link");
            addIpv6("2001:db8:1::1/64", "v0");
            command("ip addr add 2001:db8:1::2/64 dev v0 nodad preferred_lft 0");
            try (NetlinkClient<RouteMessage> kernel = Links.connect()) {
                SourceAddresses addresses = new SourceAddresses(kernel, 0);
                assertThat(addresses.within(net("0.0.0.0/0")))
                        .as("before it asked")
                        .isEmpty();
                addresses.refresh();

                assertThat(addresses.within(net("10.1.0.0/16"))).isEqualTo(address("10.1.7.1"));
                assertThat(addresses.within(net("10.1.0.0/22"))).isEqualTo(address("10.1.0.1"));
                assertThat(addresses.within(net("10.1.9.0/24"))).isEqualTo(address("10.1.9.9"));
                assertThat(addresses.within(net("10.1.7.2/32"))).isEqualTo(address("10.1.7.2"));
                assertThat(addresses.within(net("10.5.0.0/16"))).isEqualTo(address("10.5.5.5"));
                assertThat(addresses.within(net("10.1.7.3/32"))).isEmpty();
                assertThat(addresses.within(net("169.254.0.0/16"))).isEmpty();
                assertThat(addresses.within(net("127.0.0.0/8"))).isEmpty();
                assertThat(addresses.within(net("2001:db8:1::/48"))).isEqualTo(address("2001:db8:1::1"));
                assertThat(addresses.within(net("2001:db8:1::2/128"))).isEqualTo(address("2001:db8:1::2"));
                assertThat(addresses.within(net("fe80::/10"))).isEmpty();
                assertThat(addresses.within(net("::1/128"))).isEmpty();

                command("ip link set v1 down");
                addresses.refresh();
                assertThat(addresses.within(net("10.1.0.0/16"))).isEqualTo(address("10.1.0.1"));
            }
        });
    }

    @Test
    void doesNotCountTheTunnelsOwn() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400);
                    NetlinkClient<RouteMessage> kernel = Links.connect()) {
                command("ip addr add 10.9.0.1/24 dev ikebana0");
                SourceAddresses other = new SourceAddresses(kernel, device.index() + 1);
                SourceAddresses own = new SourceAddresses(kernel, device.index());
                other.refresh();
                own.refresh();

                assertThat(other.within(net("10.0.0.0/8"))).isEqualTo(address("10.9.0.1"));
                assertThat(own.within(net("10.0.0.0/8"))).isEmpty();
            }
        });
    }

    private static Optional<InetAddress> address(String address) {
        return Optional.of(InetAddress.ofLiteral(address));
    }
}
