package org.ikebana.kernel.tun.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.kernel.TransportConfig;

/** As much of a backend as a transport needs: sockets, and threads that serve them. */
final class TransportBench implements KernelBench {
    private final EspSockets sockets;
    private final Plane plane;

    TransportBench(int workers) throws IOException {
        sockets = EspSockets.open(new EspSocketOptions(workers, false, 0));
        plane = Plane.of(sockets, workers);
    }

    @Override
    public KernelBackend backend() {
        return (KernelBackend) Proxy.newProxyInstance(
                KernelBackend.class.getClassLoader(),
                new Class<?>[] {KernelBackend.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "openTransport" ->
                        sockets.openTransport((TransportConfig) arguments[0], (DatagramReceiver) arguments[1]);
                    case "snapshot" -> new KernelSnapshot(List.of(), List.of());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public KernelBackend reopen() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void leave(TestPacket packet) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void advance(Duration time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration larvalLifetime() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        try {
            plane.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.close();
        }
    }
}
