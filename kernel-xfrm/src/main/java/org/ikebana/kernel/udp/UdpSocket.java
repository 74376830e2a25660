package org.ikebana.kernel.udp;

import static org.ikebana.kernel.linux.Socket.SOL_SOCKET;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.MessageBatch;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.PacketInfo;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.linux.SocketMessage;

/**
 * One socket on every address of this host in one family. One thread receives; any may send, one at a time. It is
 * closed only when nobody receives any more.
 */
public final class UdpSocket implements UdpPort.Bound {
    /** What comes and goes through a socket. */
    enum Use {
        IKE,
        /** A marker tells IKE from ESP (RFC 3948 2.2). */
        IKE_AND_ESP
    }

    /** The non-ESP marker: four zero octets where ESP has its SPI, which is never zero. */
    static final int MARKER_LENGTH = 4;

    /** More than any UDP datagram over IP can hold. */
    static final int MAX_DATAGRAM = 65535;

    /** Holds the IKE_SA_INIT requests of some thousand peers that all come back at once. */
    private static final int RECEIVE_BUFFER = 4 << 20;

    private static final int PMTUDISC_DONT = 0;
    private static final int SO_MEMINFO = 55;
    private static final int SK_MEMINFO_DROPS = 8;

    private final FileDescriptor descriptor;
    private final IpFamily family;
    private final Use use;
    private final int port;
    private final MessageBatch outgoing = new MessageBatch(1, MARKER_LENGTH + MAX_DATAGRAM);
    private final ByteBuffer memoryInfo = NativeMemory.allocate((SK_MEMINFO_DROPS + 1) * Integer.BYTES);
    private boolean closed;
    private long overflows;

    private UdpSocket(FileDescriptor descriptor, IpFamily family, Use use, int port) {
        this.descriptor = descriptor;
        this.family = family;
        this.use = use;
        this.port = port;
    }

    /** @param port 0 for any that is free */
    static UdpSocket open(IpFamily family, int port, Use use) throws ErrnoException {
        return open(family, port, use, UdpSetup.NO_MARK);
    }

    static UdpSocket open(IpFamily family, int port, Use use, int mark) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            FileDescriptor descriptor = opening.add(bindable(family, mark), FileDescriptor::close);
            Socket.sizeBuffer(descriptor, Socket.SO_RCVBUFFORCE, Socket.SO_RCVBUF, RECEIVE_BUFFER);
            int bound = UdpSetup.bind(descriptor, family, port);
            return opening.succeeded(new UdpSocket(descriptor, family, use, bound));
        }
    }

    /**
     * A second socket on a port that IKE shares with ESP, to which nothing ever comes ({@link UdpSetup#nobody}). What it sends
     * may be fragmented.
     *
     * @param port whose other sockets have SO_REUSEPORT set at this moment
     */
    public static UdpSocket openToSend(IpFamily family, int port, int mark) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            FileDescriptor descriptor = opening.add(bindable(family, mark), FileDescriptor::close);
            Socket.setOption(descriptor, SOL_SOCKET, Socket.SO_REUSEPORT, 1, "share UDP port " + port);
            UdpSetup.bind(descriptor, UdpSetup.nobody(family), port);
            return opening.succeeded(new UdpSocket(descriptor, family, Use.IKE_AND_ESP, port));
        }
    }

    public FileDescriptor descriptor() {
        return descriptor;
    }

    public IpFamily family() {
        return family;
    }

    Use use() {
        return use;
    }

    @Override
    public int port() {
        return port;
    }

    /**
     * Sends an IKE message, with the marker if this socket carries ESP too.
     *
     * @return false if it was dropped for want of room
     * @throws IOException if the socket is closed or this datagram can never be sent
     */
    boolean send(InetAddress source, InetSocketAddress remote, byte[] message) throws IOException {
        return switch (use) {
            case IKE -> sendBare(source, remote, message);
            case IKE_AND_ESP -> transmit(source, remote, message, 0);
        };
    }

    /** Sends these octets as they are, as {@link #send} does. */
    boolean sendBare(InetAddress source, InetSocketAddress remote, byte... octets) throws IOException {
        return transmit(source, remote, octets, MARKER_LENGTH);
    }

    /** How many datagrams the kernel threw away because they came faster than they were read. */
    synchronized long overflows() {
        ByteBuffer length = NativeMemory.ofInt(memoryInfo.capacity());
        if (!closed && LibC.getsockopt(descriptor.number(), SOL_SOCKET, SO_MEMINFO, memoryInfo, length) == 0) {
            overflows = Integer.toUnsignedLong(memoryInfo.getInt(SK_MEMINFO_DROPS * Integer.BYTES));
        }
        return overflows;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        overflows = overflows();
        closed = true;
        descriptor.close();
    }

    @Override
    public String toString() {
        return "UDP port %d (%s)".formatted(port, family);
    }

    /** @param from where sending starts; the marker stands at 0, the octets at {@link #MARKER_LENGTH} */
    private synchronized boolean transmit(InetAddress source, InetSocketAddress remote, byte[] octets, int from)
            throws IOException {
        if (closed) {
            throw new IOException(this + " is closed");
        }
        int error = octets.length > MAX_DATAGRAM
                ? Errno.EMSGSIZE.number()
                : transmit(outgoing.get(0), source, remote, octets, from);
        if (error == 0) {
            return true;
        }
        if (SendErrors.passing(error)) {
            return false;
        }
        throw SendErrors.lasting(error, octets.length, new InetSocketAddress(source, port), remote);
    }

    private int transmit(SocketMessage message, InetAddress source, InetSocketAddress remote, byte[] octets, int from) {
        message.put(MARKER_LENGTH, octets);
        message.prepareToSend(remote, from, MARKER_LENGTH + octets.length - from);
        PacketInfo.source(message, source);
        return outgoing.sendFirst(descriptor);
    }

    private static FileDescriptor bindable(IpFamily family, int mark) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            FileDescriptor descriptor = opening.add(UdpSetup.socket(family), FileDescriptor::close);
            // An IKE message may be longer than the path takes; fragments are better than silence.
            Socket.setOption(
                    descriptor, family.level(), family.mtuDiscover(), PMTUDISC_DONT, "let IKE datagrams be fragmented");
            UdpSetup.mark(descriptor, mark);
            return opening.succeeded(descriptor);
        }
    }
}
