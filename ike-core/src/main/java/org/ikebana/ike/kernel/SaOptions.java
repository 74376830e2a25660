package org.ikebana.ike.kernel;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Linux can do with an SA besides what IKE negotiates. Backends without a kernel's networking leave it aside.
 *
 * @param outputMark set on the packets that the SA has processed, under its mask ({@code set_mark_in}, {@code
 *     set_mark_out}); {@link Mark#NONE} leaves theirs
 * @param offload the network card that is to do the work
 * @param label the security label of the traffic, for a Linux Security Module
 * @param natKeepaliveSeconds between the NAT keepalives that the kernel sends by itself, for outbound SAs in UDP only; 0
 *     for none. Without effect in kernels before 6.11
 * @param cpu the only one whose packets take this SA (RFC 9611); without effect in kernels before 6.13
 * @param mayWrap an outbound SA without extended sequence numbers goes on with 1 after its last number, instead of
 *     dropping: for manual keying with a peer that has no replay window
 * @param forwardIcmp an inbound SA takes ICMP errors that come from inside its tunnel
 */
public record SaOptions(
        Mark outputMark,
        Optional<Offload> offload,
        Optional<SecurityLabel> label,
        int natKeepaliveSeconds,
        OptionalInt cpu,
        boolean mayWrap,
        boolean forwardIcmp) {
    public static final SaOptions NONE =
            new SaOptions(Mark.NONE, Optional.empty(), Optional.empty(), 0, OptionalInt.empty(), false, false);

    /** What a child asks for. */
    public static SaOptions of(Mark outputMark, Optional<Offload> offload) {
        return new SaOptions(outputMark, offload, Optional.empty(), 0, OptionalInt.empty(), false, false);
    }

    /**
     * A network card that encrypts, or does all of IPsec.
     *
     * @param device its name in the backend's network namespace, or {@link #OF_ADDRESS}
     * @param required whether the SA is refused where the card cannot; else the kernel does the work instead
     */
    public record Offload(String device, Kind kind, boolean required) {
        /** The card that our end's address is on. */
        public static final String OF_ADDRESS = "";

        /** CRYPTO leaves headers and policies to the kernel, PACKET nothing (Linux 6.2). */
        public enum Kind {
            CRYPTO,
            PACKET
        }
    }
}
