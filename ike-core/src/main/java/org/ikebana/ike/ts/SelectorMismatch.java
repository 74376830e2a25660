package org.ikebana.ike.ts;

/** Why a traffic selector of the peer's is of no use. */
public sealed interface SelectorMismatch {
    /** For people, without a full stop. */
    String sentence();

    /** What keeps two selectors apart. */
    enum Difference {
        FAMILY("one is IPv4, the other IPv6"),
        ADDRESSES("no address in common"),
        PROTOCOL("another protocol"),
        PORTS("no port in common");

        private final String words;

        Difference(String words) {
            this.words = words;
        }
    }

    /**
     * No packet in common.
     *
     * @param allowed what of ours comes nearest to it
     */
    record NothingInCommon(TrafficSelector offered, TrafficSelector allowed, Difference difference)
            implements SelectorMismatch {
        static NothingInCommon between(TrafficSelector offered, TrafficSelector allowed) {
            return new NothingInCommon(offered, allowed, difference(offered, allowed));
        }

        @Override
        public String sentence() {
            return "the peer offers " + offered + ", we allow " + allowed + ": " + difference.words;
        }

        private static Difference difference(TrafficSelector a, TrafficSelector b) {
            if (!a.range().isSameFamily(b.range())) {
                return Difference.FAMILY;
            }
            if (a.range().intersect(b.range()).isEmpty()) {
                return Difference.ADDRESSES;
            }
            boolean sameProtocol = a.isAnyProtocol() || b.isAnyProtocol() || a.protocol() == b.protocol();
            return sameProtocol ? Difference.PORTS : Difference.PROTOCOL;
        }
    }

    /** The answer goes beyond the offer (RFC 7296 2.9). */
    record NotOffered(TrafficSelector answer) implements SelectorMismatch {
        @Override
        public String sentence() {
            return "the peer answers with " + answer + ", which we did not offer";
        }
    }

    /** There was nothing to compare. */
    record NothingOffered() implements SelectorMismatch {
        @Override
        public String sentence() {
            return "the peer sent no traffic selector that we understand";
        }
    }

    /** Nothing is configured, or nothing that fits the addresses of this IKE SA. */
    record NothingAllowed() implements SelectorMismatch {
        @Override
        public String sentence() {
            return "we allow no traffic on that side";
        }
    }
}
