package org.ikebana.kernel.tun.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.kernel.linux.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that there are at one time. Immutable: sockets come and go by replacing it.
 *
 * @param open false once all is over
 */
record SocketSet(boolean open, Optional<RawSockets> raw, List<NatPort> ports) {
    SocketSet with(NatPort port) {
        return new SocketSet(
                open, raw, Stream.concat(ports.stream(), Stream.of(port)).toList());
    }

    SocketSet without(NatPort port) {
        return new SocketSet(open, raw, ports.stream().filter(p -> p != port).toList());
    }

    SocketSet closed() {
        return new SocketSet(false, Optional.empty(), List.of());
    }

    /** What this worker reads; raw ESP is the first worker's, for every raw socket gets every packet. */
    List<WireSocket> readBy(int worker) {
        Stream<WireSocket> natPorts = ports.stream().flatMap(port -> port.readBy(worker));
        return Stream.concat(natPorts, worker == 0 ? raw.stream().flatMap(RawSockets::read) : Stream.empty())
                .toList();
    }

    /** The socket from which this worker sends to there; null if there is none. */
    @Nullable FileDescriptor sending(int worker, EspPath path) {
        if (path.sourcePort() == EspPath.NO_PORT) {
            return raw.isPresent() ? raw.get().sending(path) : null;
        }
        for (int i = 0; i < ports.size(); i++) {
            NatPort port = ports.get(i);
            if (port.number() == path.sourcePort()) {
                return port.sending(worker, path);
            }
        }
        return null;
    }
}
