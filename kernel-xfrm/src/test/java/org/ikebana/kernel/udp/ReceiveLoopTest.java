package org.ikebana.kernel.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class ReceiveLoopTest {
    @Test
    void dropsDatagramsLongerThanItsBuffers() throws Exception {
        Inbox inbox = new Inbox();
        Counters counters = new Counters();
        try (UdpSocket socket = UdpSocket.open(IpFamily.IPV4, 0, UdpSocket.Use.IKE);
                EventFd wakeup = new EventFd();
                Peer peer = new Peer("127.0.0.1")) {
            ReceiveLoop loop = new ReceiveLoop(List.of(socket), wakeup, counters, inbox, 64);
            Thread thread = Thread.ofPlatform().start(loop);
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), socket.port());
            peer.send(target, new byte[65]);
            peer.send(target, new byte[64]);
            peer.send(target, new byte[9000]);
            peer.send(target, new byte[3]);

            assertThat(inbox.take().payload()).hasSize(64);
            assertThat(inbox.take().payload()).hasSize(3);
            assertThat(counters.snapshot(0).truncated()).isEqualTo(2);
            loop.stop();
            thread.join();
        }
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void leavesDontFragmentUnset(IpFamily family) throws Exception {
        int never = 0;
        try (UdpSocket socket = UdpSocket.open(family, 0, UdpSocket.Use.IKE)) {
            assertThat(Socket.option(socket.descriptor(), family.level(), family.mtuDiscover(), "ask"))
                    .isEqualTo(never);
        }
    }
}
