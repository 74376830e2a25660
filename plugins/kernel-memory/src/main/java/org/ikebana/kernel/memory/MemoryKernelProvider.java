package org.ikebana.kernel.memory;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.RealTimeClock;

/**
 * The backend {@code memory}: keys nothing, and exchanges IKE over real UDP sockets. For a look at the daemon without root.
 * Options:
 *
 * <ul>
 *   <li>{@code bind}: addresses of the sockets, separated by commas; {@code 127.0.0.1} and, where there is one,
 *       {@code ::1} by default, so that nothing leaves the machine
 *   <li>{@code larval_lifetime}: how long SPIs stay reserved, in seconds; 30 by default
 * </ul>
 */
public final class MemoryKernelProvider implements KernelBackendProvider {
    private static final String BIND = "bind";
    private static final String LARVAL_LIFETIME = "larval_lifetime";
    private static final Set<String> OPTIONS = Set.of(BIND, LARVAL_LIFETIME);

    @Override
    public String name() {
        return "memory";
    }

    /** What is installed goes when the backend is closed: nobody else can see it. */
    @Override
    public KernelBackend open(Map<String, String> options) throws KernelException {
        checkNames(options);
        KernelOptions kernelOptions = KernelOptions.DEFAULT;
        if (options.containsKey(LARVAL_LIFETIME)) {
            kernelOptions = kernelOptions.withLarvalLifetime(seconds(options.getOrDefault(LARVAL_LIFETIME, "")));
        }
        UdpTransports transports =
                new UdpTransports(options.containsKey(BIND) ? addresses(options.getOrDefault(BIND, "")) : loopback());
        RealTimeClock clock = new RealTimeClock();
        MemoryMachine machine = new MemoryMachine(clock, new SecureRandom(), kernelOptions);
        return new MemoryKernel(machine, transports, () -> {
            machine.model().flush();
            clock.close();
        });
    }

    private static void checkNames(Map<String, String> options) throws KernelException {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(OPTIONS);
        if (!unknown.isEmpty()) {
            throw refusal(unknown.toString(), "there is no such option: use " + new TreeSet<>(OPTIONS));
        }
    }

    private static Duration seconds(String text) throws KernelException {
        try {
            long seconds = Long.parseLong(text.strip());
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw refusal(LARVAL_LIFETIME, "'" + text + "' is no number of seconds");
        }
        throw refusal(LARVAL_LIFETIME, "give a number of seconds above 0, not " + text);
    }

    private static List<InetAddress> addresses(String text) throws KernelException {
        try {
            List<InetAddress> addresses = Arrays.stream(text.split(",", -1))
                    .map(address -> InetAddress.ofLiteral(address.strip()))
                    .toList();
            if (addresses.stream().noneMatch(InetAddress::isAnyLocalAddress)) {
                return addresses;
            }
        } catch (IllegalArgumentException e) {
            throw refusal(BIND, e.getMessage() + ": give IP addresses, separated by commas");
        }
        throw refusal(BIND, "name the addresses, the wildcard will not do");
    }

    private static List<InetAddress> loopback() throws KernelException {
        List<InetAddress> both = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        try {
            boolean six = NetworkInterface.getByInetAddress(both.getLast()) != null;
            return six ? both : both.subList(0, 1);
        } catch (SocketException e) {
            throw refusal(BIND, "the interfaces cannot be listed (" + e.getMessage() + "): name the addresses");
        }
    }

    private static KernelException refusal(String option, String reason) {
        return new KernelException("option " + option + " of the memory kernel", 0, reason, Optional.empty());
    }
}
