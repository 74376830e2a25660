package org.ikebana.kernel.tun.wire;

import java.util.Optional;
import org.ikebana.kernel.linux.ErrnoException;

/**
 * Raw ESP, or why there is none.
 *
 * @param reason empty if there are sockets
 */
record RawEsp(Optional<RawSockets> sockets, Optional<String> reason) {
    static RawEsp open(EspSocketOptions options) {
        if (!options.raw()) {
            return without("raw ESP is not asked for");
        }
        try {
            return new RawEsp(Optional.of(RawSockets.open(options.mark())), Optional.empty());
        } catch (ErrnoException e) {
            return without(String.valueOf(e.getMessage()));
        }
    }

    private static RawEsp without(String reason) {
        return new RawEsp(Optional.empty(), Optional.of(reason));
    }
}
