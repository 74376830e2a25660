package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.linux.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kernels and devices that do not cut a message into datagrams. */
@Timeout(60)
class SegmentationTest {
    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;

    /** With it the kernel refuses UDP_SEGMENT with EINVAL. */
    private static final int SO_NO_CHECK = 11;

    @Test
    void datagramsComeOneByOneWhereTheKernelMergesNone() throws Exception {
        CurrentSockets current = new CurrentSockets(new SocketSet(true, Optional.empty(), List.of()));
        SocketSender sender = new SocketSender(0, current, new Segmentation(), 0);
        NatPort port = NatPort.open(0, new EspSocketOptions(1, false, 0), datagram -> {});
        for (WireSocket socket : port.readBy(0).toList()) {
            Socket.setOption(socket.descriptor(), SOL_UDP, UDP_GRO, 0, "have nothing merged");
        }
        current.add(port);
        try (SocketReceiver receiver = new SocketReceiver(0, current)) {
            InetAddress here = InetAddress.ofLiteral("::1");
            EspPath path = new EspPath(here, here, Optional.of(new Encapsulation(port.number(), port.number())), true);
            Run run = Run.of(39 * 1400 + 77, 1400, 1);
            run.sendBy(sender, path, 0);
            for (int taken = 0; taken < 40; ) {
                receiver.await();
                int count = receiver.receive();
                for (int i = 0; i < count; i++, taken++) {
                    assertThat(receiver.segment(i)).isEqualTo(receiver.length(i));
                    byte[] octets = new byte[receiver.length(i)];
                    receiver.memory().get(receiver.at(i), octets);
                    assertThat(octets).isEqualTo(run.packet(taken));
                }
            }
        } finally {
            current.close();
            port.close();
        }
    }

    @Test
    void runsGoOutOneByOneForGoodOnceTheKernelRefuses() throws Exception {
        EspSocketOptions options = new EspSocketOptions(1, false, 0);
        CurrentSockets current = new CurrentSockets(new SocketSet(true, Optional.empty(), List.of()));
        Segmentation segmentation = new Segmentation();
        SocketSender sender = new SocketSender(0, current, segmentation, 0);
        NatPort port = NatPort.open(0, options, datagram -> {});
        current.add(port);
        try (LogCapture log = new LogCapture(Segmentation.class);
                SocketReceiver receiver = new SocketReceiver(0, current);
                Plane plane = new Plane(List.of(receiver))) {
            InetAddress here = InetAddress.ofLiteral("127.0.0.1");
            EspPath path = new EspPath(here, here, Optional.of(new Encapsulation(port.number(), port.number())), true);
            FileDescriptor socket = port.sending(0, path);
            assertThat(socket).isNotNull();
            Socket.setOption(socket, Socket.SOL_SOCKET, SO_NO_CHECK, 1, "have UDP_SEGMENT refused");
            assertThat(segmentation.offered()).isTrue();

            Run run = Run.of(40 * 1400 + 77, 1400, 1);
            for (int i = 0; i < 3; i++) {
                sender.add(path, 0, run.memory(), 0, run.length(), run.segment());
            }
            sender.flush();
            run.sendBy(sender, path, 0);

            for (int i = 0; i < 4; i++) {
                run.expectAt(plane);
            }
            assertThat(segmentation.offered()).isFalse();
            assertThat(sender.drops()).isZero();
            assertThat(log.lines())
                    .containsExactly("INFO ESP in UDP is sent one datagram at a time, for UDP_SEGMENT is refused:"
                            + " EINVAL: invalid argument");
        } finally {
            current.close();
            port.close();
        }
    }
}
