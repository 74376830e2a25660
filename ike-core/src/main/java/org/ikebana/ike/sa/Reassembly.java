package org.ikebana.ike.sa;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.EncryptedFragmentPayload;
import org.ikebana.ike.wire.IkeMessage;
import org.jspecify.annotations.Nullable;

/** Puts the messages of one direction together from their fragments, one at a time (RFC 7383 2.6). */
final class Reassembly {
    /** Fragments of one message; each takes an integrity check. */
    static final int FRAGMENTS = 128;

    /** Of all fragments of a message: what an SK payload could carry, whose length has two octets and counts its header. */
    static final int OCTETS = 0xffff - 4;

    private final BiFunction<Duration, Runnable, Timer> timers;
    private final Duration patience;
    /** Most messages come whole, and most IKE SAs never have one. */
    private @Nullable Partial partial;

    /**
     * A message with an SKF payload.
     *
     * @param datagram what it came in
     */
    record Fragment(IkeMessage message, EncryptedFragmentPayload payload, Datagram datagram) {
        private int messageId() {
            return message.header().messageId();
        }

        private int number() {
            return payload.fragmentNumber();
        }

        private int total() {
            return payload.totalFragments();
        }
    }

    /**
     * All of a message.
     *
     * @param first what came before the inner payloads is taken from it (RFC 7383 2.5.3)
     * @param plain the inner payloads
     */
    record Whole(Fragment first, byte[] plain) {}

    /**
     * @param timers {@link org.ikebana.ike.environment.Environment#after}
     * @param patience after which an incomplete message is discarded (RFC 7383 2.6)
     */
    Reassembly(BiFunction<Duration, Runnable, Timer> timers, Duration patience) {
        this.timers = timers;
        this.patience = patience;
    }

    /** Whether it is of any use, authentic or not: asked before the work of verifying it. */
    boolean wants(Fragment fragment) {
        if (fragment.total() > FRAGMENTS) {
            return false;
        }
        if (partial == null || fragment.messageId() != partial.messageId || fragment.total() > partial.total) {
            return true;
        }
        return fragment.total() == partial.total && !partial.parts.containsKey(fragment.number());
    }

    /**
     * Takes a wanted fragment whose check value has been verified. One of a larger number of fragments than before begins
     * the message anew.
     *
     * @param plain its content
     * @return the message, once it is complete
     */
    Optional<Whole> add(Fragment fragment, byte[] plain) {
        Partial message = partial;
        if (message == null || fragment.messageId() != message.messageId || fragment.total() != message.total) {
            message = begin(fragment);
        }
        if (!message.add(fragment, plain)) {
            discard();
            return Optional.empty();
        }
        Optional<Whole> whole = message.whole();
        if (whole.isPresent()) {
            discard();
        }
        return whole;
    }

    void discard() {
        if (partial != null) {
            partial.timer.cancel();
            partial = null;
        }
    }

    private Partial begin(Fragment fragment) {
        discard();
        Partial begun = new Partial(fragment, timers.apply(patience, this::discard));
        partial = begun;
        return begun;
    }

    /** What has come of a message. */
    private static final class Partial {
        private final int messageId;
        private final int total;
        private final Timer timer;
        private final SortedMap<Integer, byte[]> parts = new TreeMap<>();
        private int octets;
        private @Nullable Fragment first;

        Partial(Fragment fragment, Timer timer) {
            this.messageId = fragment.messageId();
            this.total = fragment.total();
            this.timer = timer;
        }

        /** False if that is more than a message may have. */
        boolean add(Fragment fragment, byte[] plain) {
            octets += plain.length;
            if (octets > OCTETS) {
                return false;
            }
            parts.put(fragment.number(), plain);
            if (fragment.number() == 1) {
                first = fragment;
            }
            return true;
        }

        Optional<Whole> whole() {
            return parts.size() == total ? Optional.ofNullable(first).map(this::join) : Optional.empty();
        }

        private Whole join(Fragment beginning) {
            ByteBuffer plain = ByteBuffer.allocate(octets);
            parts.values().forEach(plain::put);
            return new Whole(beginning, plain.array());
        }
    }
}
