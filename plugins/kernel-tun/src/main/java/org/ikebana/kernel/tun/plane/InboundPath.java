package org.ikebana.kernel.tun.plane;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.esp.EspCipher;
import org.ikebana.kernel.tun.wire.EspReceiver;

/**
 * A packet that comes in: its SA, replay window, limits, ICV, then the policy that must agree with the way it came (RFC 4301
 * 5.2). Nothing is counted, and no window moves, before it is genuine. Of one worker. Allocates nothing for a packet.
 */
final class InboundPath {
    private static final int NAT_KEEPALIVE = 0xff;
    private static final int MARKER_LENGTH = 4;

    private final int worker;
    private final TunPlane plane;
    private final EspReceiver receiver;
    private final Limits limits;
    private final Delivery delivery;
    private final Mappings mappings;
    private long now;

    InboundPath(int worker, TunPlane plane, EspReceiver receiver, Limits limits, Delivery delivery, Mappings mappings) {
        this.worker = worker;
        this.plane = plane;
        this.receiver = receiver;
        this.limits = limits;
        this.delivery = delivery;
        this.mappings = mappings;
    }

    void beginBatch() {
        now = System.currentTimeMillis();
    }

    /** What was opened reaches the host. */
    void endBatch() throws IOException {
        delivery.flush();
    }

    /** A packet of our own for the host. */
    void handOver(byte[] packet) throws IOException {
        delivery.handOver(packet);
    }

    /** Takes run {@code i} of the receiver. */
    void receive(int i) throws IOException {
        int end = receiver.at(i) + receiver.length(i);
        for (int at = receiver.at(i); at < end; at += receiver.segment(i)) {
            int length = Math.min(receiver.segment(i), end - at);
            if (!receiver.inUdp(i)) {
                open(i, at, length);
            } else if (length == 1 && (receiver.memory().get(at) & 0xff) == NAT_KEEPALIVE) {
                drop(Drop.IN_NAT_KEEPALIVE);
            } else if (length >= MARKER_LENGTH && receiver.memory().getInt(at) == 0) {
                receiver.deliverIke(i, at + MARKER_LENGTH, length - MARKER_LENGTH);
            } else {
                open(i, at, length);
            }
        }
    }

    private void open(int i, int at, int length) throws IOException {
        if (length < EspCipher.HEADER_LENGTH) {
            drop(Drop.IN_HEADER_ERROR);
            return;
        }
        InboundSa sa =
                plane.find(receiver.memory().getInt(at), receiver.destinationHigh(i), receiver.destinationLow(i));
        if (sa == null) {
            drop(Drop.IN_NO_STATES);
        } else if (sa.isInUdp() != receiver.inUdp(i)) {
            drop(Drop.IN_STATE_MISMATCH);
        } else {
            open(sa, i, at, length);
        }
    }

    private void open(InboundSa sa, int i, int at, int length) throws IOException {
        ByteBuffer memory = receiver.memory();
        long sequence = sa.window().sequence(memory.getInt(at + 4));
        if (!sa.window().accepts(sequence)) {
            drop(Drop.IN_STATE_SEQ_ERROR);
            return;
        }
        if (!limits.letPass(sa.model())) {
            drop(Drop.IN_STATE_EXPIRED);
            return;
        }
        EspCipher cipher = sa.cipher(worker);
        int opened = cipher.open(memory, at, length, sequence);
        if (opened < 0) {
            drop(Drop.IN_STATE_PROTO_ERROR);
        } else if (!sa.window().record(sequence)) {
            drop(Drop.IN_STATE_SEQ_ERROR);
        } else {
            mappings.check(sa, receiver, i);
            delivery.deliver(sa, receiver, i, at + cipher.payloadOffset(), opened & 0xffff, opened >>> 16, now);
        }
    }

    private void drop(Drop cause) {
        plane.counters().dropped(cause);
    }
}
