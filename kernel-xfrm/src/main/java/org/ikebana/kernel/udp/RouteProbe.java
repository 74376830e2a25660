package org.ikebana.kernel.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.AddressCache;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;

/**
 * Finds the source address that the kernel would choose, by connecting a UDP socket: no packet leaves.
 *
 * @param mark what the sockets that will send are marked with, 0 for none: rules may send them another way
 */
record RouteProbe(int mark) {
    private static final int IKE = 500;

    InetAddress localAddressFor(InetAddress remote) throws IOException {
        IpFamily family = IpFamily.of(remote);
        try (FileDescriptor socket = FileDescriptor.socket(family.number(), Socket.SOCK_DGRAM, 0)) {
            UdpSetup.mark(socket, mark);
            // IPsec policies might hold the look-up up or raise an ACQUIRE for it.
            IpsecOptions.exemptIfAllowed(socket, family);
            ByteBuffer address = Sockaddr.of(new InetSocketAddress(remote, IKE));
            ErrnoException.check(
                    LibC.connect(socket.number(), address, address.capacity()),
                    "cannot reach " + remote.getHostAddress());
            ByteBuffer local = NativeMemory.allocate(Sockaddr.CAPACITY);
            ByteBuffer length = NativeMemory.ofInt(Sockaddr.CAPACITY);
            ErrnoException.check(
                    LibC.getsockname(socket.number(), local, length),
                    "no local address towards " + remote.getHostAddress());
            return Sockaddr.get(local, 0, family, new AddressCache()).getAddress();
        }
    }
}
