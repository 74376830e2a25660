package org.ikebana.kernel.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.linux.Socket;
import org.junit.jupiter.api.Test;

class IpsecOptionsTest {
    private static final int SOL_UDP = 17;
    private static final int UDP_ENCAP = 100;
    private static final int NONE = 0;
    private static final int UDP_ENCAP_ESPINUDP = 2;

    @Test
    void theKernelTakesEspInUdpOnTheNatPortOnly() throws Exception {
        try (LogCapture log = new LogCapture(LinuxUdpTransport.class);
                IkeSockets sockets = IkeSockets.open(new TransportConfig(0, 0))) {
            IpsecOptions.apply(sockets);
            if (log.lines().toString().contains(Errno.ENOPROTOOPT.name())) {
                NetworkNamespace.skip("this kernel has no IPsec; run it in one that has CONFIG_XFRM");
            }
            assertThat(sockets.plain().sockets()).hasSize(2).allMatch(socket -> encapsulation(socket) == NONE);
            assertThat(sockets.nat().sockets()).hasSize(2).allMatch(s -> encapsulation(s) == UDP_ENCAP_ESPINUDP);
        }
    }

    private static int encapsulation(UdpSocket socket) {
        try {
            return Socket.option(socket.descriptor(), SOL_UDP, UDP_ENCAP, "ask for the encapsulation");
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }
}
