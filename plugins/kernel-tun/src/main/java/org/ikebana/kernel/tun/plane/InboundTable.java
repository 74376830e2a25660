package org.ikebana.kernel.tun.plane;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The inbound SAs by SPI and destination. Readers take no lock; one writer at a time changes it. */
final class InboundTable {
    private static final int FIRST_CAPACITY = 64;

    private volatile AtomicReferenceArray<@Nullable Link> chains = new AtomicReferenceArray<>(FIRST_CAPACITY);
    private int size;

    /** The SA with this SPI that is for this destination. */
    @Nullable InboundSa find(int spi, long destinationHigh, long destinationLow) {
        AtomicReferenceArray<@Nullable Link> now = chains;
        for (Link link = now.get(slot(spi, now.length())); link != null; link = link.next) {
            if (link.sa.spi() == spi && link.sa.isFor(destinationHigh, destinationLow)) {
                return link.sa;
            }
        }
        return null;
    }

    void add(InboundSa sa) {
        if (size >= chains.length()) {
            grow();
        }
        push(chains, sa);
        size++;
    }

    void remove(InboundSa sa) {
        int slot = slot(sa.spi(), chains.length());
        chains.set(slot, without(chains.get(slot), sa));
        size--;
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Link> before = chains;
        AtomicReferenceArray<@Nullable Link> larger = new AtomicReferenceArray<>(before.length() * 2);
        for (int i = 0; i < before.length(); i++) {
            for (Link link = before.get(i); link != null; link = link.next) {
                push(larger, link.sa);
            }
        }
        chains = larger;
    }

    private static void push(AtomicReferenceArray<@Nullable Link> chains, InboundSa sa) {
        int slot = slot(sa.spi(), chains.length());
        chains.set(slot, new Link(sa, chains.get(slot)));
    }

    private static @Nullable Link without(@Nullable Link chain, InboundSa sa) {
        if (chain == null) {
            return null;
        }
        return chain.sa == sa ? chain.next : new Link(chain.sa, without(chain.next, sa));
    }

    /** SPIs are random where honest ends choose them; those of the other end do not come here. */
    private static int slot(int spi, int capacity) {
        return (spi ^ spi >>> 16) & capacity - 1;
    }

    private record Link(InboundSa sa, @Nullable Link next) {}
}
