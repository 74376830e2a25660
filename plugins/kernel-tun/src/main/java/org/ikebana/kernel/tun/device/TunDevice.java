package org.ikebana.kernel.tun.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.FileDescriptor;

/**
 * A TUN device of this process. The kernel removes it, with the routes that lead into it, when the process ends, however
 * it ends. Frames carry headers for segmentation and checksum offload.
 */
public final class TunDevice implements PacketDevice {
    private static final int MIN_MTU = 68;
    private static final int MAX_MTU = 65_535;
    /** {@code MAX_TAP_QUEUES} of the kernel. */
    private static final int MAX_QUEUES = 256;

    private final String name;
    private final int index;
    private final int mtu;
    private final List<TunQueue> queues;
    private final boolean udpSegmentation;

    private TunDevice(String name, int index, int mtu, List<TunQueue> queues, boolean udpSegmentation) {
        this.name = name;
        this.index = index;
        this.mtu = mtu;
        this.queues = List.copyOf(queues);
        this.udpSegmentation = udpSegmentation;
    }

    /**
     * Makes a device in the calling thread's network namespace and brings it up.
     *
     * @param namePattern {@code %d} in it stands for the first number that is free
     * @param queues 1 to 256; the kernel spreads flows over them
     * @param mtu of the inner packets, 68 to 65535 octets; IPv6 wants 1280
     * @throws IOException where it is not permitted, or the kernel lacks TUN devices: what to do is in the message
     */
    public static TunDevice open(String namePattern, int queues, int mtu) throws IOException {
        if (queues < 1 || queues > MAX_QUEUES || mtu < MIN_MTU || mtu > MAX_MTU) {
            throw new IllegalArgumentException(
                    "a TUN device has 1 to 256 queues and an MTU of 68 to 65535, not " + queues + " and " + mtu);
        }
        int flags = TunControl.IFF_TUN
                | TunControl.IFF_NO_PI
                | TunControl.IFF_VNET_HDR
                | (queues > 1 ? TunControl.IFF_MULTI_QUEUE : 0);
        try (CloseOnFailure opening = new CloseOnFailure()) {
            String name = namePattern;
            boolean udpSegmentation = false;
            List<TunQueue> opened = new ArrayList<>();
            for (int i = 0; i < queues; i++) {
                FileDescriptor descriptor = opening.add(TunControl.open(), FileDescriptor::close);
                name = TunControl.attach(descriptor, name, flags);
                TunControl.headerLength(descriptor, PacketQueue.HEADER_LENGTH);
                udpSegmentation = TunControl.offload(descriptor);
                opened.add(opening.add(TunQueue.of(descriptor), TunQueue::close));
            }
            int index = new TunLink(name, mtu).configure();
            return opening.succeeded(new TunDevice(name, index, mtu, opened, udpSegmentation));
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** The kernel's number of the interface, in its network namespace. */
    public int index() {
        return index;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    /** Since Linux 6.2. What comes may then be such a packet, too. */
    @Override
    public boolean takesUdpSegments() {
        return udpSegmentation;
    }

    @Override
    public List<PacketQueue> queues() {
        return List.copyOf(queues);
    }

    @Override
    public void close() {
        queues.forEach(TunQueue::close);
    }
}
