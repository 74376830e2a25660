package org.ikebana.kernel.tun.wire;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.udp.UdpPort;
import org.ikebana.kernel.udp.UdpSetup;
import org.ikebana.kernel.udp.UdpSocket;

/**
 * One UDP port in one family. Whether packets may be fragmented is an option of a whole socket, so there are two kinds,
 * and none is ever switched.
 *
 * @param whole one for each worker, who reads it and sends from it what must not be fragmented; the kernel spreads what
 *     comes over them by addresses and ports (SO_REUSEPORT, socket(7))
 * @param fragmenting sends IKE and what may be fragmented, from any thread, and gets nothing
 */
record WorkerSockets(IpFamily family, int port, List<FileDescriptor> whole, UdpSocket fragmenting)
        implements UdpPort.Bound {
    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;

    static WorkerSockets open(IpFamily family, int number, EspSocketOptions options) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            List<FileDescriptor> whole = new ArrayList<>();
            whole.add(opening.add(socket(family, options.mark()), FileDescriptor::close));
            // The first is bound alone, and fails if another program has the port even with SO_REUSEPORT.
            int port = UdpSetup.bind(whole.getFirst(), family, number);
            reusePort(whole.getFirst(), true);
            for (int worker = 1; worker < options.workers(); worker++) {
                FileDescriptor socket = opening.add(socket(family, options.mark()), FileDescriptor::close);
                reusePort(socket, true);
                UdpSetup.bind(socket, family, port);
                whole.add(socket);
            }
            UdpSocket fragmenting = opening.add(UdpSocket.openToSend(family, port, options.mark()), UdpSocket::close);
            if (options.workers() == 1) {
                reusePort(whole.getFirst(), false);
            }
            return opening.succeeded(new WorkerSockets(family, port, List.copyOf(whole), fragmenting));
        }
    }

    FileDescriptor sending(int worker, EspPath path) {
        return path.dontFragment() ? whole.get(worker) : fragmenting.descriptor();
    }

    @Override
    public void close() {
        whole.forEach(FileDescriptor::close);
        fragmenting.close();
    }

    private static FileDescriptor socket(IpFamily family, int mark) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            FileDescriptor socket = opening.add(UdpSetup.socket(family), FileDescriptor::close);
            SocketSetup.send(socket, family, SocketSetup.PMTUDISC_DO, mark);
            SocketSetup.receive(socket, family);
            // Where the kernel cannot merge datagrams, each comes alone.
            Socket.trySetOption(socket, SOL_UDP, UDP_GRO, 1);
            return opening.succeeded(socket);
        }
    }

    private static void reusePort(FileDescriptor socket, boolean reuse) throws ErrnoException {
        Socket.setOption(
                socket, Socket.SOL_SOCKET, Socket.SO_REUSEPORT, reuse ? 1 : 0, "let ESP's threads share a UDP port");
    }
}
