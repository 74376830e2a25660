package org.ikebana.ike.task;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/** Finds NATs on the way (RFC 7296 2.23). The same for both roles: each sends two hashes and checks the other's. */
public final class NatDetection implements Task {
    private final boolean pretend;
    private final long initiatorSpi;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private long responderSpi;
    private boolean supported;
    private boolean localBehindNat;
    private boolean remoteBehindNat;

    /**
     * @param pretend send a source hash that cannot match, so that the peer takes us to be behind a NAT and both sides
     *     encapsulate ({@code encap = yes})
     * @param responderSpi 0 in the request of IKE_SA_INIT
     */
    public NatDetection(
            boolean pretend, long initiatorSpi, long responderSpi, InetSocketAddress local, InetSocketAddress remote) {
        this.pretend = pretend;
        this.initiatorSpi = initiatorSpi;
        this.responderSpi = responderSpi;
        this.local = local;
        this.remote = remote;
    }

    /** A responder that has chosen its SPI between request and response says so here. */
    public void responderSpi(long spi) {
        responderSpi = spi;
    }

    /** After the peer's message has been read; who pretends to be behind a NAT counts as being so. */
    public NatStatus status() {
        return supported ? new NatStatus(true, localBehindNat || pretend, remoteBehindNat) : NatStatus.UNKNOWN;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        addHashes(request);
    }

    @Override
    public void processResponse(InboundMessage response) {
        check(response);
    }

    @Override
    public void processRequest(InboundMessage request) {
        check(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (supported) {
            addHashes(response);
        }
    }

    private void addHashes(List<Payload> payloads) {
        Octets source = hash(initiatorSpi, responderSpi, local);
        payloads.add(NotifyPayload.of(NotifyType.NAT_DETECTION_SOURCE_IP, pretend ? unlike(source) : source));
        payloads.add(
                NotifyPayload.of(NotifyType.NAT_DETECTION_DESTINATION_IP, hash(initiatorSpi, responderSpi, remote)));
    }

    private void check(InboundMessage message) {
        IkeHeader header = message.header();
        List<NotifyPayload> sources = message.payloads().stream()
                .filter(p -> p instanceof NotifyPayload n && n.notifyType() == NotifyType.NAT_DETECTION_SOURCE_IP)
                .map(NotifyPayload.class::cast)
                .toList();
        var destination = message.notify(NotifyType.NAT_DETECTION_DESTINATION_IP);
        supported = !sources.isEmpty() && destination.isPresent();
        if (!supported) {
            return;
        }
        Octets peer = hash(header.initiatorSpi(), header.responderSpi(), remote);
        Octets us = hash(header.initiatorSpi(), header.responderSpi(), local);
        // A multihomed sender may name several sources; one that fits is enough (RFC 7296 2.23).
        remoteBehindNat = sources.stream().noneMatch(n -> n.data().equals(peer));
        localBehindNat = !destination.get().data().equals(us);
    }

    /** {@code SHA1(SPIi | SPIr | IP | Port)}. */
    private static Octets hash(long initiatorSpi, long responderSpi, InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        ByteBuffer data = ByteBuffer.allocate(16 + ip.length + 2);
        data.putLong(initiatorSpi).putLong(responderSpi).put(ip).putShort((short) address.getPort());
        try {
            return Octets.wrap(MessageDigest.getInstance("SHA-1").digest(data.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    private static Octets unlike(Octets hash) {
        byte[] bytes = hash.toByteArray();
        bytes[0] ^= (byte) 0xff;
        return Octets.wrap(bytes);
    }
}
