package org.ikebana.kernel.tun;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.RealTimeClock;
import org.ikebana.kernel.tun.device.TunDevice;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.plane.Workers;
import org.ikebana.kernel.tun.route.AddressWatch;
import org.ikebana.kernel.tun.route.RouteOptions;
import org.ikebana.kernel.tun.route.TunnelRoutes;
import org.ikebana.kernel.tun.wire.EspSocketOptions;
import org.ikebana.kernel.tun.wire.EspSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link TunKernel} on this host: a TUN device, routes into it, and the host's sockets. */
final class TunMachine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunMachine.class);

    /** RTPROT_ number of our routes, none of those that rtnetlink.h and rt_protos name. */
    private static final int ROUTE_PROTOCOL = 201;

    /** By then the configuration stands, and what nobody wants any more of an earlier start's routes may go. */
    private static final Duration STALE_ROUTES_STAY = Duration.ofMinutes(1);

    private final RealTimeClock clock = new RealTimeClock();
    private final OwnAddresses own = new OwnAddresses();
    private final TunDevice device;
    private final TunnelRoutes routes;
    private final EspSockets sockets;
    private final EspCiphers ciphers = EspCiphers.best();
    private final TunKernel kernel;
    private final AddressWatch watch;

    private TunMachine(TunOptions options, TunDevice device, TunnelRoutes routes, EspSockets sockets)
            throws IOException {
        this.device = device;
        this.routes = routes;
        this.sockets = sockets;
        this.kernel = new TunKernel(
                clock,
                new SecureRandom(),
                KernelOptions.DEFAULT,
                ciphers,
                new TunKernel.Ports(
                        device,
                        IntStream.range(0, options.workers())
                                .mapToObj(i -> new Workers.Port(sockets.receiver(i), sockets.sender(i)))
                                .toList(),
                        this::openTransport,
                        new RoutedPrefixes(routes),
                        own));
        own.replace(routes.addresses().all());
        this.watch = routes.watch(this::onAddressChange);
    }

    /** @throws KernelException with the reason and the remedy, when this machine lacks what is needed */
    static KernelBackend open(TunOptions options) throws KernelException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            TunDevice device =
                    opening.add(TunDevice.open(options.name(), options.workers(), options.mtu()), TunDevice::close);
            RouteOptions where = new RouteOptions(options.table(), options.mark(), options.table(), ROUTE_PROTOCOL);
            TunnelRoutes routes = opening.add(TunnelRoutes.open(device.index(), where), TunnelRoutes::close);
            EspSockets sockets = opening.add(
                    EspSockets.open(new EspSocketOptions(options.workers(), true, options.mark())), EspSockets::close);
            TunMachine machine = new TunMachine(options, device, routes, sockets);
            machine.start();
            return opening.succeeded(machine.kernel.backend(machine::close));
        } catch (IOException e) {
            throw new KernelException("kernel backend tun", 0, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    /** Removes device, routes and sockets. */
    @Override
    public void close() {
        watch.close();
        kernel.close();
        routes.close();
        sockets.close();
        device.close();
        clock.close();
    }

    private void start() {
        sockets.rawReason()
                .ifPresent(reason -> LOG.warn("{}; tunnels need ESP in UDP (encap = yes on one side)", reason));
        kernel.workers().start();
        clock.schedule(STALE_ROUTES_STAY, this::clearStaleRoutes);
    }

    /** Once the daemon listens there is time to look for libcrypto. */
    private IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
        IkeTransport transport = sockets.openTransport(config, receiver);
        ciphers.prepare();
        return transport;
    }

    private void onAddressChange() {
        own.replace(routes.addresses().all());
        kernel.model().raise(new KernelEvent.AddressChanged());
    }

    private void clearStaleRoutes() {
        try {
            routes.clearStale();
        } catch (IOException e) {
            LOG.warn("routes of an earlier start stay in their table: {}", e.getMessage());
        }
    }
}
