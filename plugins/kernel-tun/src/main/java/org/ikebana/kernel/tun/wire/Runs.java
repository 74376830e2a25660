package org.ikebana.kernel.tun.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.MessageBatch;
import org.ikebana.kernel.linux.PacketInfo;
import org.ikebana.kernel.linux.SocketMessage;

/** What the messages of a batch are, as numbers: {@link EspReceiver} describes each. */
final class Runs {
    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;
    private static final int MIN_IP_HEADER = 20;
    private static final long MAPPED = 0xffff_0000_0000L;

    // struct sockaddr_in and sockaddr_in6
    private static final int PORT = 2;
    private static final int SIN_ADDR = 4;
    private static final int SIN6_ADDR = 8;

    private final MessageBatch batch;
    private final ByteBuffer memory;
    final int[] message;
    final int[] at;
    final int[] length;
    final int[] segment;
    final int[] trafficClass;
    final int[] sourcePort;
    final long[] sourceHigh;
    final long[] sourceLow;
    final long[] destinationHigh;
    final long[] destinationLow;
    private int count;

    Runs(MessageBatch batch, int capacity) {
        this.batch = batch;
        memory = batch.get(0).memory().duplicate().order(ByteOrder.BIG_ENDIAN);
        message = new int[capacity];
        at = new int[capacity];
        length = new int[capacity];
        segment = new int[capacity];
        trafficClass = new int[capacity];
        sourcePort = new int[capacity];
        sourceHigh = new long[capacity];
        sourceLow = new long[capacity];
        destinationHigh = new long[capacity];
        destinationLow = new long[capacity];
    }

    /** Of the batch, big endian. */
    ByteBuffer memory() {
        return memory;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    SocketMessage message(int i) {
        return batch.get(message[i]);
    }

    /** Adds message {@code index} of the batch; returns false for one that is cut off, empty or not for this host alone. */
    boolean add(int index, IpFamily family, boolean raw) {
        SocketMessage received = batch.get(index);
        int header = raw && family == IpFamily.IPV4 ? headerLength(received) : 0;
        int destination = PacketInfo.destinationOffset(received, family);
        if (received.truncated() || received.length() <= header || destination < 0) {
            return false;
        }
        int i = count++;
        message[i] = index;
        at[i] = received.dataOffset() + header;
        length[i] = received.length() - header;
        segment[i] = raw ? length[i] : segment(received, length[i]);
        trafficClass[i] = PacketInfo.trafficClass(received, family);
        sourcePort[i] = raw ? 0 : memory.getShort(received.nameOffset() + PORT) & 0xffff;
        addresses(i, received.nameOffset(), destination, family);
        return true;
    }

    private void addresses(int i, int name, int destination, IpFamily family) {
        if (family == IpFamily.IPV4) {
            sourceHigh[i] = 0;
            sourceLow[i] = MAPPED | memory.getInt(name + SIN_ADDR) & 0xffff_ffffL;
            destinationHigh[i] = 0;
            destinationLow[i] = MAPPED | memory.getInt(destination) & 0xffff_ffffL;
        } else {
            sourceHigh[i] = memory.getLong(name + SIN6_ADDR);
            sourceLow[i] = memory.getLong(name + SIN6_ADDR + Long.BYTES);
            destinationHigh[i] = memory.getLong(destination);
            destinationLow[i] = memory.getLong(destination + Long.BYTES);
        }
    }

    /** How long each datagram was that the kernel merged into this one (UDP_GRO, udp(7)). */
    private static int segment(SocketMessage received, int length) {
        int merged = received.findControl(SOL_UDP, UDP_GRO, Integer.BYTES);
        int segment = merged < 0 ? length : received.memory().getInt(merged);
        return segment > 0 && segment < length ? segment : length;
    }

    /** A raw IPv4 socket gives the IP header as well (raw(7)); what is no header counts for the whole packet. */
    private int headerLength(SocketMessage received) {
        if (received.length() < MIN_IP_HEADER) {
            return received.length();
        }
        int octets = (memory.get(received.dataOffset()) & 0x0f) * Integer.BYTES;
        return octets < MIN_IP_HEADER ? received.length() : octets;
    }
}
