package org.ikebana.kernel.tun.device;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;

/** Makes TUN devices and sets them up: linux/if_tun.h, and Documentation/networking/tuntap of the kernel. */
final class TunControl {
    static final int IFF_TUN = 0x0001;
    static final int IFF_MULTI_QUEUE = 0x0100;
    static final int IFF_NO_PI = 0x1000;
    static final int IFF_VNET_HDR = 0x4000;

    private static final String CLONE_DEVICE = "/dev/net/tun";

    private static final long TUNSETIFF = 0x400454ca;
    private static final long TUNSETOFFLOAD = 0x400454d0;
    private static final long TUNSETVNETHDRSZ = 0x400454d8;

    private static final int TUN_F_CSUM = 0x01;
    private static final int TUN_F_TSO4 = 0x02;
    private static final int TUN_F_TSO6 = 0x04;
    private static final int TUN_F_TSO_ECN = 0x08;
    private static final int TUN_F_USO4 = 0x20;
    private static final int TUN_F_USO6 = 0x40;

    /** What the kernel may leave to us; each step does without what an older kernel lacks. USO came with Linux 6.2. */
    private static final int[] OFFLOADS = {
        TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN | TUN_F_USO4 | TUN_F_USO6,
        TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN,
        TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6,
        TUN_F_CSUM
    };

    // struct ifreq
    private static final int SIZEOF_IFREQ = 40;
    private static final int IFR_FLAGS = 16;
    private static final int IFNAMSIZ = 16;

    private TunControl() {}

    static FileDescriptor open() throws ErrnoException {
        try {
            return FileDescriptor.open(CLONE_DEVICE, FileDescriptor.O_RDWR | FileDescriptor.O_NONBLOCK);
        } catch (ErrnoException e) {
            throw new ErrnoException("open " + CLONE_DEVICE, e.errno(), remedy(e));
        }
    }

    private static String remedy(ErrnoException e) {
        if (e.is(Errno.ENOENT)) {
            return "there is no such file; make it (mkdir -p /dev/net; mknod " + CLONE_DEVICE
                    + " c 10 200), or give it to the container (--device " + CLONE_DEVICE + ")";
        }
        if (e.is(Errno.ENODEV) || e.is(Errno.ENXIO)) {
            return "this kernel has no TUN devices; load them with modprobe tun";
        }
        if (e.is(Errno.EPERM) || e.is(Errno.EACCES)) {
            return "not permitted; run as root, and in a container with --device " + CLONE_DEVICE;
        }
        return Errno.describe(e.errno());
    }

    /**
     * Attaches a descriptor to a device, which is made if it is not there.
     *
     * @param name may contain {@code %d}, for the first number that is free
     * @return the device's name
     */
    static String attach(FileDescriptor queue, String name, int flags) throws ErrnoException {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length >= IFNAMSIZ) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an interface: 1 to 15 octets are");
        }
        ByteBuffer request = NativeMemory.allocate(SIZEOF_IFREQ).put(0, octets).putShort(IFR_FLAGS, (short) flags);
        if (LibC.ioctl(queue.number(), TUNSETIFF, request) < 0) {
            int errno = LibC.errno();
            throw new ErrnoException("make the TUN device " + name, errno, attachReason(errno));
        }
        byte[] given = new byte[IFNAMSIZ];
        request.get(0, given);
        return new String(given, StandardCharsets.UTF_8).replace("\0", "");
    }

    private static String attachReason(int errno) {
        if (errno == Errno.EPERM.number()) {
            return "not permitted; run as root, or give CAP_NET_ADMIN (in a container --cap-add NET_ADMIN)";
        }
        if (errno == Errno.EBUSY.number()) {
            return "another program uses it; end that program or choose another name";
        }
        if (errno == Errno.EINVAL.number()) {
            return "an interface of this name is there and of another kind, or this kernel's TUN devices lack"
                    + " offloads or queues; choose another name";
        }
        return Errno.describe(errno);
    }

    /** Sets the length of the {@code struct virtio_net_hdr} before each packet, in octets. */
    static void headerLength(FileDescriptor queue, int octets) throws ErrnoException {
        ErrnoException.check(
                LibC.ioctl(queue.number(), TUNSETVNETHDRSZ, NativeMemory.ofInt(octets)),
                "set the length of the TUN device's headers");
    }

    /**
     * Asks for super-packets and checksums left to us, as far as this kernel goes; for all queues of the device.
     *
     * @return whether UDP packets may come and go as super-packets
     */
    static boolean offload(FileDescriptor queue) throws ErrnoException {
        for (int flags : OFFLOADS) {
            if (LibC.ioctl(queue.number(), TUNSETOFFLOAD, (long) flags) >= 0) {
                return (flags & TUN_F_USO4) != 0;
            }
        }
        throw ErrnoException.last("leave checksums to the reader of the TUN device");
    }
}
