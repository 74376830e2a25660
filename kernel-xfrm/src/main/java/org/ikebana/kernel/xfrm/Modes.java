package org.ikebana.kernel.xfrm;

import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;

/** {@code XFRM_MODE_…} and protocol numbers. */
final class Modes {
    private static final int XFRM_MODE_TRANSPORT = 0;
    private static final int XFRM_MODE_TUNNEL = 1;
    private static final int XFRM_MODE_BEET = 4;

    private Modes() {}

    static int toKernel(SaMode mode) {
        return switch (mode) {
            case TRANSPORT -> XFRM_MODE_TRANSPORT;
            case TUNNEL -> XFRM_MODE_TUNNEL;
            case BEET -> XFRM_MODE_BEET;
        };
    }

    /** Empty for modes of others: Mobile IPv6, IPTFS. */
    static Optional<SaMode> fromKernel(int mode) {
        return Arrays.stream(SaMode.values()).filter(m -> toKernel(m) == mode).findFirst();
    }

    /** Empty for protocols of others: Mobile IPv6. */
    static Optional<SaProtocol> protocol(int number) {
        return Arrays.stream(SaProtocol.values())
                .filter(p -> p.number() == number)
                .findFirst();
    }
}
