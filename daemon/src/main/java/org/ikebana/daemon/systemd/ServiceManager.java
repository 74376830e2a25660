package org.ikebana.daemon.systemd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.SockaddrUn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever has started the daemon and wants to know how it is, as sd_notify(3) has it; without one nothing is sent. A message
 * that cannot be sent is a line in the log: tunnels are worth more.
 */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.daemon");

    private final Optional<ByteBuffer> address;
    private final Map<String, String> environment;

    private ServiceManager(Optional<ByteBuffer> address, Map<String, String> environment) {
        this.address = address;
        this.environment = environment;
    }

    /** @param environment of the process, in which it is named */
    public static ServiceManager of(Map<String, String> environment) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        return new ServiceManager(socket.isEmpty() ? Optional.empty() : address(socket), environment);
    }

    /** The configuration is in effect, for the first time or after a reload. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** @param nanoTime the reading of {@link System#nanoTime()}, which on Linux is CLOCK_MONOTONIC */
    public void reloading(long nanoTime) {
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(nanoTime));
    }

    public void stopping() {
        send("STOPPING=1\nSTATUS=Deleting all SAs and telling the peers");
    }

    /** Tells of every answer of a heart from now on, where the service manager waits for that; see {@link Watchdog}. */
    public Watchdog watch(Watchdog.Heart heart) {
        return Watchdog.start(
                Watchdog.interval(environment, ProcessHandle.current().pid()), heart, () -> send("WATCHDOG=1"));
    }

    private void send(String message) {
        if (address.isEmpty()) {
            return;
        }
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer data = NativeMemory.allocate(octets.length).put(0, octets);
        try (FileDescriptor socket = FileDescriptor.socket(SockaddrUn.AF_UNIX, SockaddrUn.SOCK_DGRAM, 0)) {
            ByteBuffer to = address.get();
            if (LibC.sendto(socket.number(), data, octets.length, 0, to, to.capacity()) != octets.length) {
                throw ErrnoException.last("send to it");
            }
        } catch (ErrnoException e) {
            LOG.warn("NOTIFY_SOCKET: the service manager hears nothing of {}: {}", firstLine(message), e.getMessage());
        }
    }

    private static Optional<ByteBuffer> address(String socket) {
        try {
            return Optional.of(SockaddrUn.of(socket));
        } catch (IllegalArgumentException e) {
            LOG.warn("NOTIFY_SOCKET: {}; the service manager hears nothing", e.getMessage());
            return Optional.empty();
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
