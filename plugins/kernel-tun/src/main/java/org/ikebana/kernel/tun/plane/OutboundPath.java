package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.tun.esp.EspCipher;
import org.ikebana.kernel.tun.offload.Segmenter;
import org.ikebana.kernel.tun.packet.Ecn;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.packet.TcpMss;

/** A packet that is to leave: policy, SA, limits, ESP. Of one worker. Allocates nothing for a packet that has its SA. */
final class OutboundPath {
    private static final int IPV4_IN_IP = 4;
    private static final int IPV6_IN_IP = 41;

    private final int worker;
    private final TunPlane plane;
    private final Limits limits;
    private final SaRequests requests;
    private final EspRuns runs;
    private final Refusals refusals;
    private final TransportHeaders transport = new TransportHeaders();
    private final OversizedPackets oversized = new OversizedPackets();
    private final Segmenter segmenter = new Segmenter();
    private long now;

    OutboundPath(int worker, TunPlane plane, Limits limits, SaRequests requests, EspRuns runs, Refusals refusals) {
        this.worker = worker;
        this.plane = plane;
        this.limits = limits;
        this.requests = requests;
        this.runs = runs;
        this.refusals = refusals;
    }

    void beginBatch() {
        now = System.currentTimeMillis();
    }

    /** Everything sealed since then leaves. */
    void endBatch() {
        runs.flush();
    }

    /** Takes a frame as the device gives it. */
    void send(ByteBuffer frame, int at, int length) {
        if (!segmenter.begin(frame, at, length)) {
            drop(Drop.OUT_MALFORMED);
            return;
        }
        IpHeader header = segmenter.header();
        PlanePolicy policy = plane.lookUp(Direction.OUT, header);
        if (policy == null || policy.passes()) {
            drop(Drop.OUT_NO_POLICY);
            refusals.prohibited(header);
        } else if (policy.blocks()) {
            drop(Drop.OUT_POLICY_BLOCK);
            refusals.prohibited(header);
        } else {
            protect(policy, header, frame, at, length);
        }
    }

    private void protect(PlanePolicy policy, IpHeader header, ByteBuffer frame, int at, int length) {
        OutboundSa sa = policy.choose(header);
        if (sa != null) {
            seal(sa, header);
        } else if (!requests.hold(policy, header, frame, at, length)) {
            drop(Drop.OUT_NO_STATES);
        }
    }

    private void seal(OutboundSa sa, IpHeader header) {
        int mtu = sa.payloadRoom() + TransportHeaders.stripped(sa, header);
        if (!limits.letPass(sa.model())) {
            drop(Drop.OUT_STATE_EXPIRED);
        } else if (sa.isTransport() && header.isFragment()) {
            drop(Drop.OUT_FRAGMENT);
        } else if (segmenter.largestSegment() > mtu) {
            sealOversized(sa, header, mtu);
        } else {
            if (segmenter.segments() == 1) {
                TcpMss.clamp(header, mtu);
            }
            sealSegments(sa, header);
        }
    }

    private void sealSegments(OutboundSa sa, IpHeader header) {
        int segments = segmenter.segments();
        long sequence = sa.sequence().reserve(segments);
        if (sequence == 0) {
            drop(Drop.OUT_STATE_SEQ_ERROR);
            return;
        }
        int trafficClass = Ecn.outer(sa.flags(), header.trafficClass());
        long octets = 0;
        for (int i = 0; i < segments; i++) {
            int length = segmenter.length(i);
            octets += length;
            if (sa.isTransport()) {
                sealPayload(sa, i, sequence + i, trafficClass);
            } else {
                EspCipher cipher = sa.cipher(worker);
                int padded = sa.padded(length);
                int at = runs.reserve(sa.path(), trafficClass, cipher.sealedLength(padded));
                int payloadAt = at + cipher.payloadOffset();
                segmenter.write(i, runs.memory(), payloadAt);
                pad(payloadAt + length, payloadAt + padded);
                cipher.seal(runs.memory(), at, sa.spi(), sequence + i, padded, nextHeader(header));
            }
        }
        sa.model().counters().count(segments, octets, now);
    }

    private void sealPayload(OutboundSa sa, int index, long sequence, int trafficClass) {
        EspCipher cipher = sa.cipher(worker);
        int payload = transport.take(segmenter, index);
        int at = runs.reserve(sa.path(), trafficClass, cipher.sealedLength(payload));
        transport.copyPayload(runs.memory(), at + cipher.payloadOffset());
        cipher.seal(runs.memory(), at, sa.spi(), sequence, payload, transport.protocol());
    }

    private void sealOversized(OutboundSa sa, IpHeader header, int mtu) {
        for (int i = 0; i < segmenter.segments(); i++) {
            int fragments = sa.isTransport() ? 0 : oversized.split(segmenter, i, mtu);
            long sequence = fragments == 0 ? 0 : sa.sequence().reserve(fragments);
            if (sequence == 0) {
                drop(Drop.OUT_TOO_BIG);
                refusals.tooBig(header, mtu);
                return;
            }
            for (int j = 0; j < fragments; j++) {
                sealFragment(sa, header, j, sequence + j);
            }
        }
    }

    private void sealFragment(OutboundSa sa, IpHeader header, int index, long sequence) {
        EspCipher cipher = sa.cipher(worker);
        int length = oversized.take(index);
        int padded = sa.padded(length);
        int at = runs.reserve(sa.path(), Ecn.outer(sa.flags(), header.trafficClass()), cipher.sealedLength(padded));
        int payloadAt = at + cipher.payloadOffset();
        oversized.copyTo(runs.memory(), payloadAt, length);
        pad(payloadAt + length, payloadAt + padded);
        cipher.seal(runs.memory(), at, sa.spi(), sequence, padded, IPV4_IN_IP);
        sa.model().counters().count(1, length, now);
    }

    /** What an earlier packet left there is not to be sent. */
    private void pad(int from, int to) {
        for (int i = from; i < to; i++) {
            runs.memory().put(i, (byte) 0);
        }
    }

    private static int nextHeader(IpHeader header) {
        return header.version() == 4 ? IPV4_IN_IP : IPV6_IN_IP;
    }

    private void drop(Drop cause) {
        plane.counters().dropped(cause);
    }
}
