package org.ikebana.kernel.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LibCTest {
    private static final int SIZEOF_SOCKADDR_NL = 12;
    private static final int SIZEOF_NLMSGHDR = 16;
    private static final int SIZEOF_IFINFOMSG = 16;
    private static final short RTM_NEWLINK = 16;
    private static final short RTM_GETLINK = 18;
    private static final short NLM_F_REQUEST = 1;
    private static final short NLM_F_DUMP = 0x300;
    private static final long SIOCGIFINDEX = 0x8933;
    private static final int SIZEOF_IFREQ = 40;
    private static final int IFR_IFINDEX = 16;
    private static final int SEQUENCE = 0x1234567;

    @Test
    void asksTheKernelOverNetlink() throws Exception {
        try (FileDescriptor netlink = FileDescriptor.socket(Socket.AF_NETLINK, Socket.SOCK_RAW, 0)) {
            ByteBuffer kernel = NativeMemory.allocate(SIZEOF_SOCKADDR_NL).putShort(0, (short) Socket.AF_NETLINK);
            assertThat(LibC.bind(netlink.number(), kernel, SIZEOF_SOCKADDR_NL)).isZero();
            Socket.setOption(netlink, Socket.SOL_SOCKET, Socket.SO_RCVBUF, 1 << 16, "size the buffer");

            ByteBuffer request = linkDump();
            assertThat(LibC.sendto(netlink.number(), request, request.capacity(), 0, kernel, SIZEOF_SOCKADDR_NL))
                    .isEqualTo(request.capacity());
            Poll poll = new Poll(netlink);
            poll.await(10_000);

            assertThat(poll.ready(0)).isTrue();
            ByteBuffer reply = NativeMemory.allocate(32768);
            assertThat(LibC.recvfrom(netlink.number(), reply, reply.capacity(), 0, null, null))
                    .isGreaterThan(SIZEOF_NLMSGHDR);
            assertThat(reply.getShort(4)).isEqualTo(RTM_NEWLINK);
            assertThat(reply.getInt(8)).isEqualTo(SEQUENCE);
        }
    }

    @Test
    void sendsAndReceivesThroughMessageHeaders() throws Exception {
        try (FileDescriptor netlink = FileDescriptor.socket(Socket.AF_NETLINK, Socket.SOCK_RAW, 0)) {
            ByteBuffer request = linkDump();
            assertThat(LibC.sendmsg(netlink.number(), messageHeader(request), 0))
                    .isEqualTo(request.capacity());

            ByteBuffer reply = NativeMemory.allocate(32768);
            assertThat(LibC.recvmsg(netlink.number(), messageHeader(reply), 0)).isGreaterThan(SIZEOF_NLMSGHDR);
            assertThat(reply.getInt(8)).isEqualTo(SEQUENCE);
        }
    }

    @Test
    void keepsErrnoOfTheCallAcrossCollections() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(LibC.close(-1)).isEqualTo(-1);
            System.gc();
            assertThat(LibC.errno()).isEqualTo(Errno.EBADF.number());
        }
    }

    @Test
    void namesWhatFailedAndWhy() {
        assertThatThrownBy(() -> FileDescriptor.open("/nonexistent/file"))
                .isInstanceOfSatisfying(
                        ErrnoException.class,
                        e -> assertThat(e.is(Errno.ENOENT)).isTrue())
                .hasMessage("open /nonexistent/file: ENOENT: no such object or algorithm");
        assertThat(Errno.describe(1)).isEqualTo("EPERM: operation not permitted; run as root or give CAP_NET_ADMIN");
        assertThat(Errno.describe(133)).isEqualTo("errno 133");
    }

    @Test
    void readsBackASocketOption() throws Exception {
        try (FileDescriptor socket = FileDescriptor.socket(Socket.AF_INET, Socket.SOCK_DGRAM, 0)) {
            Socket.setOption(socket, Socket.SOL_SOCKET, Socket.SO_RCVBUF, 65536, "size the buffer");
            assertThat(Socket.option(socket, Socket.SOL_SOCKET, Socket.SO_RCVBUF, "ask for the size"))
                    .as("the kernel doubles it")
                    .isEqualTo(131072);
        }
    }

    @Test
    void eventFdWakesThePoll() throws Exception {
        try (EventFd event = new EventFd();
                EventFd other = new EventFd()) {
            Poll poll = new Poll(other.descriptor(), event.descriptor());
            poll.await(0);
            assertThat(poll.ready(1)).isFalse();
            assertThat(event.clear()).isFalse();

            event.signal();
            event.signal();
            poll.await(Poll.FOREVER);

            assertThat(poll.ready(0)).isFalse();
            assertThat(poll.ready(1)).isTrue();
            assertThat(event.clear()).isTrue();
            assertThat(event.clear()).isFalse();
        }
    }

    @Test
    void readsAndWritesAnyPlaceInABuffer() throws Exception {
        try (EventFd event = new EventFd()) {
            ByteBuffer memory = NativeMemory.allocate(32).putLong(8, 5);
            long address = NativeMemory.address(memory);

            assertThat(LibC.write(event.descriptor().number(), address + 8, Long.BYTES))
                    .isEqualTo(Long.BYTES);
            assertThat(LibC.read(event.descriptor().number(), address + 24, Long.BYTES))
                    .isEqualTo(Long.BYTES);

            assertThat(memory.getLong(24)).isEqualTo(5);
            assertThat(memory.getLong(0)).isZero();
            assertThat(memory.getLong(16)).isZero();
        }
    }

    @Test
    void controlsADevice() throws Exception {
        try (FileDescriptor socket = FileDescriptor.socket(Socket.AF_INET, Socket.SOCK_DGRAM, 0)) {
            ByteBuffer request =
                    NativeMemory.allocate(SIZEOF_IFREQ).put(0, (byte) 'l').put(1, (byte) 'o');

            assertThat(LibC.ioctl(socket.number(), SIOCGIFINDEX, request)).isZero();
            assertThat(request.getInt(IFR_IFINDEX)).as("the loopback interface").isEqualTo(1);
            assertThat(LibC.ioctl(socket.number(), SIOCGIFINDEX, 0)).isEqualTo(-1);
            assertThat(LibC.errno()).isEqualTo(Errno.EFAULT.number());
        }
    }

    @Test
    void closesOnceAndTellsWhoeverComesLate() throws Exception {
        FileDescriptor socket = FileDescriptor.socket(Socket.AF_INET, Socket.SOCK_DGRAM, 0);
        socket.close();
        socket.close();
        assertThatThrownBy(socket::number).isInstanceOf(IllegalStateException.class);
    }

    private static ByteBuffer linkDump() {
        return NativeMemory.allocate(SIZEOF_NLMSGHDR + SIZEOF_IFINFOMSG)
                .putInt(0, SIZEOF_NLMSGHDR + SIZEOF_IFINFOMSG)
                .putShort(4, RTM_GETLINK)
                .putShort(6, (short) (NLM_F_REQUEST | NLM_F_DUMP))
                .putInt(8, SEQUENCE);
    }

    /** A struct msghdr of 56 octets and its one iovec behind it. */
    private static ByteBuffer messageHeader(ByteBuffer data) {
        ByteBuffer header = NativeMemory.allocate(72);
        return header.putLong(16, NativeMemory.address(header) + 56)
                .putLong(24, 1)
                .putLong(56, NativeMemory.address(data))
                .putLong(64, data.capacity());
    }
}
