package org.ikebana.kernel.tun.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ikebana.kernel.linux.Capabilities;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.tun.route.InterfaceSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TunDeviceTest {
    @Test
    void appearsAsAsked() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = TunDevice.open("ikebana%d", 2, 1400);
                    TunDevice other = TunDevice.open("ikebana%d", 1, 1280)) {
                assertThat(device.name()).isEqualTo("ikebana0");
                assertThat(device.mtu()).isEqualTo(1400);
                assertThat(device.queues()).hasSize(2);
                String link = command("ip -d -o link show dev ikebana0");
                assertThat(link)
                        .startsWith(device.index() + ": ikebana0: <POINTOPOINT,MULTICAST,NOARP,UP,LOWER_UP> mtu 1400 ")
                        .contains("qlen 2048", "addrgenmode none")
                        .contains("tun type tun pi off vnet_hdr on multi_queue numqueues 2")
                        .contains("persist off");
                assertThat(command("ip addr show dev ikebana0")).doesNotContain("inet");
                assertThat(InterfaceSetting.RP_FILTER.read("ikebana0")).hasValue(2);

                assertThat(other.name()).isEqualTo("ikebana1");
                assertThat(command("ip -d -o link show dev ikebana1"))
                        .contains("mtu 1280", "vnet_hdr on")
                        .doesNotContain("multi_queue");
            }
            assertThat(command("ip -o link")).doesNotContain("ikebana");
        });
    }

    @Test
    void sendsNothingByItselfEvenOnARouter() throws Exception {
        NetworkNamespace.run(() -> {
            command("sysctl -q net.ipv6.conf.all.forwarding=1 net.ipv6.conf.default.forwarding=1");
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400)) {
                PacketQueue queue = device.queues().getFirst();
                // Groups would be reported, and routers looked for, within the first second.
                FutureTask<Integer> reader = new FutureTask<>(() -> {
                    queue.await();
                    return queue.read(java.nio.ByteBuffer.allocateDirect(2000), 0, 2000);
                });
                Thread.ofPlatform().daemon().start(reader);

                assertThatThrownBy(() -> reader.get(1500, TimeUnit.MILLISECONDS))
                        .isInstanceOf(java.util.concurrent.TimeoutException.class);

                queue.wake();
                assertThat(reader.get()).isZero();
            }
        });
    }

    @Test
    void answersPings() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400)) {
                command("ip addr add 10.9.0.1/24 dev ikebana0");
                addIpv6("2001:db8:9::1/64", "ikebana0");
                PacketQueue queue = device.queues().getFirst();
                AtomicBoolean done = new AtomicBoolean();
                FutureTask<Boolean> responder = new FutureTask<>(() -> {
                    new EchoResponder(queue).runUntil(done::get);
                    return true;
                });
                Thread.ofPlatform().daemon().start(responder);

                assertThat(command("ping -c 3 -i 0.2 -w 20 10.9.0.2")).contains("3 received");
                assertThat(command("ping -c 3 -i 0.2 -w 20 -s 1200 2001:db8:9::2"))
                        .contains("3 received");

                done.set(true);
                queue.wake();
                assertThat(responder.get(10, TimeUnit.SECONDS)).isTrue();
            }
        });
    }

    @Test
    void dropsWhileItIsDown() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400)) {
                Frame frame = Frame.udp("10.9.0.2", "10.9.0.1", new byte[100]);
                PacketQueue queue = device.queues().getFirst();
                assertThat(queue.write(frame.memory(), 0, frame.length())).isTrue();

                command("ip link set ikebana0 down");
                assertThat(queue.write(frame.memory(), 0, frame.length())).isFalse();
                assertThat(queue.read(frame.memory(), 0, 100)).isZero();

                command("ip link set ikebana0 up");
                assertThat(queue.write(frame.memory(), 0, frame.length())).isTrue();
            }
        });
    }

    @Test
    void dropsWhatIsNoIpPacket() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400)) {
                Frame frame = Frame.udp("10.9.0.2", "10.9.0.1", new byte[100]);
                PacketQueue queue = device.queues().getFirst();

                frame.memory().put(PacketQueue.HEADER_LENGTH, (byte) 0x55);
                assertThat(queue.write(frame.memory(), 0, frame.length())).isFalse();
                assertThat(queue.write(frame.memory(), 0, 5)).isFalse();
                frame.memory().put(1, (byte) 0x7f);
                assertThat(queue.write(frame.memory(), 0, frame.length())).isFalse();
            }
        });
    }

    @Test
    void tellsWhenItWasRemoved() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400)) {
                Frame frame = Frame.udp("10.9.0.2", "10.9.0.1", new byte[100]);
                PacketQueue queue = device.queues().getFirst();
                command("ip link del ikebana0");

                queue.await();
                assertThatThrownBy(() -> queue.read(frame.memory(), 0, 100))
                        .isInstanceOf(IOException.class)
                        .hasMessage("read from the TUN device: the interface was removed; restart to have it again");
                assertThatThrownBy(() -> queue.write(frame.memory(), 0, frame.length()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("the interface was removed");
            }
        });
    }

    @Test
    void wakesTheNextAwaitToo() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400)) {
                PacketQueue queue = device.queues().getFirst();
                queue.wake();
                queue.await();
                FutureTask<Boolean> second = new FutureTask<>(() -> {
                    queue.await();
                    return true;
                });
                Thread.ofPlatform().daemon().start(second);
                queue.wake();
                assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
            }
        });
    }

    @Test
    void saysWhatToDoAboutRefusals() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link add v0 type veth peer name v1");
            try (TunDevice device = TunDevice.open("ikebana7", 1, 1400)) {
                assertThatThrownBy(() -> TunDevice.open(device.name(), 1, 1400))
                        .hasMessage("make the TUN device ikebana7: another program uses it;"
                                + " end that program or choose another name");
            }
            assertThatThrownBy(() -> TunDevice.open("v0", 1, 1400))
                    .hasMessageContaining("an interface of this name is there and of another kind");
            Capabilities.dropAll();
            assertThatThrownBy(() -> TunDevice.open("ikebana%d", 1, 1400))
                    .hasMessage("make the TUN device ikebana%d: not permitted; run as root,"
                            + " or give CAP_NET_ADMIN (in a container --cap-add NET_ADMIN)");
        });
    }

    @Test
    void refusesWhatNoDeviceHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> TunDevice.open("ikebana%d", 0, 1400));
        assertThatIllegalArgumentException().isThrownBy(() -> TunDevice.open("ikebana%d", 257, 1400));
        assertThatIllegalArgumentException().isThrownBy(() -> TunDevice.open("ikebana%d", 1, 67));
        assertThatIllegalArgumentException().isThrownBy(() -> TunDevice.open("ikebana%d", 1, 65536));
    }

    @Test
    void leavesNothingBehindWhenItCannotBeOpened() throws Exception {
        NetworkNamespace.run(() -> {
            assertThatIllegalArgumentException().isThrownBy(() -> TunDevice.open("a-name-too-long%d", 1, 1400));
            assertThatThrownBy(() -> TunDevice.open("bad/name", 2, 1400)).isInstanceOf(IOException.class);
            assertThat(command("ip -o link").lines()).hasSize(1);
        });
    }
}
