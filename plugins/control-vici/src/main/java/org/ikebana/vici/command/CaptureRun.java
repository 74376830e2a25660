package org.ikebana.vici.command;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.DatagramTap;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaSecrets;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.vici.wire.Message;

/** What one {@link Capture} sees. IKE SAs are told apart by their initiator's SPI. */
final class CaptureRun implements DatagramTap, AutoCloseable {
    static final String DATAGRAM = "capture-datagram";
    static final String KEYS = "capture-keys";
    /** Octets of all datagrams; nothing is captured after that. */
    private static final long MOST_OCTETS = 64L << 20;
    /** Datagrams on their way; those for which there is no room are counted. */
    private static final int WAITING = 1024;
    /** Datagrams of IKE SAs of which is not known yet which connection they are of; the oldest are forgotten. */
    private static final int UNDECIDED = 256;

    private static final long TURN_MILLISECONDS = 200;

    private final DaemonControl daemon;
    private final String connection;
    private final Caller caller;
    private final BlockingQueue<Passed> passed = new LinkedBlockingQueue<>(WAITING);
    private final LongAdder lost = new LongAdder();
    private final Deque<Passed> undecided = new ArrayDeque<>();
    private final Set<Long> ours = new HashSet<>();
    private final Set<Long> others = new HashSet<>();
    /** The last SK_ei that has been told: IKE_INTERMEDIATE exchanges change it (RFC 9242 3.3). */
    private final Map<Long, Secret> told = new HashMap<>();

    private long octets;

    CaptureRun(DaemonControl daemon, String connection, Caller caller) {
        this.daemon = daemon;
        this.connection = connection;
        this.caller = caller;
    }

    private record Passed(Instant time, IkeHeader header, Datagram datagram, Direction direction, boolean isMarked) {
        long spi() {
            return header.initiatorSpi();
        }

        /** Afterwards its IKE SA keeps its keys. */
        boolean isOfNegotiation() {
            return header.exchange()
                    .filter(exchange -> exchange == ExchangeType.CREATE_CHILD_SA
                            || exchange == ExchangeType.INFORMATIONAL
                            || exchange == ExchangeType.IKE_FOLLOWUP_KE)
                    .isEmpty();
        }
    }

    /** IKE SAs, by what is known of them. */
    private record Census(Set<Long> ours, Set<Long> others, List<IkeSaSecrets> secrets) {}

    /** Returns when the time has come, or as much as may be has been seen. */
    Message until(long end) throws InterruptedException {
        while (System.nanoTime() < end && octets < MOST_OCTETS) {
            Passed next = passed.poll(TURN_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (next == null || next.isOfNegotiation() || !told.containsKey(next.spi())) {
                look();
            }
            if (next != null) {
                take(next);
            }
        }
        return Message.with()
                .put("success", "yes")
                .put("lost", lost.sum())
                .putIf("full", octets >= MOST_OCTETS)
                .build();
    }

    @Override
    public void passed(Datagram datagram, Direction direction, boolean isMarked) {
        Optional<IkeHeader> header = MessageReader.readHeader(datagram.payload());
        boolean isTaken = header.isEmpty()
                || passed.offer(new Passed(Instant.now(), header.get(), datagram, direction, isMarked));
        if (!isTaken) {
            lost.increment();
        }
    }

    @Override
    public void close() {
        told.values().forEach(Secret::close);
    }

    private void take(Passed one) throws InterruptedException {
        if (ours.contains(one.spi())) {
            stream(one);
        } else if (!others.contains(one.spi())) {
            if (undecided.size() == UNDECIDED) {
                undecided.remove();
            }
            undecided.add(one);
        }
    }

    private void look() throws InterruptedException {
        Census census = daemon.ask(this::census);
        ours.addAll(census.ours());
        others.addAll(census.others());
        try {
            for (IkeSaSecrets secrets : census.secrets()) {
                Secret before =
                        told.put(secrets.id().initiatorSpi(), secrets.skEi().copy());
                if (before != null) {
                    before.close();
                }
                stream(secrets);
            }
        } finally { // those, too, that a client who has gone was not told
            census.secrets().forEach(IkeSaSecrets::close);
        }
        for (Passed one : List.copyOf(undecided)) {
            if (ours.contains(one.spi()) || others.contains(one.spi())) {
                undecided.remove(one);
                take(one);
            }
        }
    }

    /** On the event loop. */
    private Census census(IkeEngine engine) {
        Census census = new Census(new HashSet<>(), new HashSet<>(), new ArrayList<>());
        for (IkeSa sa : engine.ikeSas()) {
            long spi = sa.id().initiatorSpi();
            if (sa.name().connection().equals(connection)) {
                census.ours().add(spi);
                sa.secrets().ifPresent(secrets -> {
                    if (Optional.ofNullable(told.get(spi))
                            .filter(secrets.skEi()::equals)
                            .isPresent()) {
                        secrets.close();
                    } else {
                        census.secrets().add(secrets);
                    }
                });
            } else if (!sa.name().connection().isEmpty()) {
                census.others().add(spi);
            }
        }
        return census;
    }

    private void stream(Passed one) throws InterruptedException {
        octets += one.datagram().payload().length;
        caller.stream(
                DATAGRAM,
                Message.with()
                        .put("time", one.time().toString())
                        .put("direction", one.direction() == Direction.IN ? "in" : "out")
                        .put("local-host", one.datagram().local().getAddress().getHostAddress())
                        .put("local-port", one.datagram().local().getPort())
                        .put("remote-host", one.datagram().remote().getAddress().getHostAddress())
                        .put("remote-port", one.datagram().remote().getPort())
                        .putIf("marked", one.isMarked())
                        .put("data", one.datagram().payload())
                        .build());
    }

    private void stream(IkeSaSecrets secrets) throws InterruptedException {
        Message message = Message.with()
                .put("spi-i", "%016x".formatted(secrets.id().initiatorSpi()))
                .put("spi-r", "%016x".formatted(secrets.id().responderSpi()))
                .put("sk-ei", hex(secrets.skEi()))
                .put("sk-er", hex(secrets.skEr()))
                .put("encryption", WiresharkNames.encryption(secrets.suite()))
                .put("sk-ai", hex(secrets.skAi()))
                .put("sk-ar", hex(secrets.skAr()))
                .put("integrity", WiresharkNames.integrity(secrets.suite()))
                .build();
        try {
            caller.stream(KEYS, message);
        } finally {
            message.wipe();
        }
    }

    private static String hex(Secret secret) {
        return HexFormat.of().formatHex(secret.bytes());
    }
}
