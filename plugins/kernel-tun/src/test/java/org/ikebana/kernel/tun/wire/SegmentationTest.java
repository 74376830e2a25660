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
    /** With it the kernel refuses UDP_SEGMENT with EINVAL. */
    private static final int SO_NO_CHECK = 11;

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
            port.fragmenting().close();
            port.close();
        }
    }
}
