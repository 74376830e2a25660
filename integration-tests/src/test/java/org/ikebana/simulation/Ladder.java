package org.ikebana.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Datagram;

/**
 * Hands messages over one by one, as a message ladder has its arrows: {@code fromWest()} delivers the oldest one that west has
 * sent and that is still on its way. Time stands still but for what a delivery itself takes.
 */
final class Ladder {
    private static final Duration A_DELIVERY = Duration.ofMillis(20);
    private static final int LIMIT = 1000;

    private final TwoPeers peers;
    private final Deque<Datagram> fromWest = new ArrayDeque<>();
    private final Deque<Datagram> fromEast = new ArrayDeque<>();

    Ladder(TwoPeers peers) {
        this.peers = peers;
        peers.network.byHand(datagram -> (isFromWest(datagram) ? fromWest : fromEast).add(datagram));
    }

    Ladder fromWest() {
        return deliver(takeFromWest());
    }

    Ladder fromEast() {
        return deliver(takeFromEast());
    }

    /** Takes a message off the way: to be lost, or delivered later. */
    Datagram takeFromWest() {
        return take(fromWest, "west");
    }

    Datagram takeFromEast() {
        return take(fromEast, "east");
    }

    /** Takes all of them off the way. */
    List<Datagram> allFromWest() {
        return takeAll(fromWest);
    }

    List<Datagram> allFromEast() {
        return takeAll(fromEast);
    }

    /** Takes the oldest such message off the way, whoever has sent it. */
    Optional<Datagram> takeOf(Predicate<Datagram> which) {
        Optional<Datagram> found = Stream.concat(fromWest.stream(), fromEast.stream())
                .filter(which)
                .findFirst();
        found.ifPresent(datagram -> (isFromWest(datagram) ? fromWest : fromEast).remove(datagram));
        return found;
    }

    /** Looks at the next message of west and leaves it on its way. */
    Datagram nextOfWest() {
        Datagram datagram = takeFromWest();
        fromWest.addFirst(datagram);
        return datagram;
    }

    Datagram nextOfEast() {
        Datagram datagram = takeFromEast();
        fromEast.addFirst(datagram);
        return datagram;
    }

    Ladder deliver(Datagram datagram) {
        peers.network.deliver(datagram);
        peers.pass(A_DELIVERY);
        return this;
    }

    /** Both ends' messages, in turn, until none is on its way. */
    Ladder settle() {
        for (int i = 0; !isQuiet(); i++) {
            if (i == LIMIT) {
                throw new AssertionError("the two ends do not come to rest");
            }
            if (!fromWest.isEmpty()) {
                fromWest();
            }
            if (!fromEast.isEmpty()) {
                fromEast();
            }
        }
        return this;
    }

    boolean isQuiet() {
        return fromWest.isEmpty() && fromEast.isEmpty();
    }

    private static Datagram take(Deque<Datagram> way, String sender) {
        Datagram datagram = way.poll();
        if (datagram == null) {
            throw new NoSuchElementException("no message from " + sender + " is on its way");
        }
        return datagram;
    }

    private static List<Datagram> takeAll(Deque<Datagram> way) {
        List<Datagram> all = List.copyOf(way);
        way.clear();
        return all;
    }

    private static boolean isFromWest(Datagram datagram) {
        return !datagram.local().getAddress().getHostAddress().equals(TwoPeers.EAST); // west may have moved
    }
}
