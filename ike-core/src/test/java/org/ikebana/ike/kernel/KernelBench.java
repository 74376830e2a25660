package org.ikebana.ike.kernel;

import java.time.Duration;

/**
 * What a backend's test supplies to {@link KernelBackendContract}: a kernel of its own for each test, empty at first,
 * with {@link TestNet}'s addresses on one of its interfaces and a default route that leads out there for both families,
 * and the loopback interface up.
 *
 * <p>For a real kernel that is a network namespace with
 *
 * <pre>
 * ip link set lo up
 * ip link add d0 type dummy; ip link set d0 up
 * ip addr add 192.0.2.1/24 dev d0; ip addr add 10.1.0.1/16 dev d0; ip route add default dev d0
 * ip addr add 2001:db8::1/64 dev d0 nodad; ip addr add fd00:1::1/32 dev d0 nodad; ip -6 route add default dev d0
 * </pre>
 */
public interface KernelBench extends AutoCloseable {
    /** The backend under test: always the same one. */
    KernelBackend backend();

    /** A second backend on the same kernel, as a restarted daemon opens it; the bench closes it in the end. */
    KernelBackend reopen() throws KernelException;

    /**
     * Makes one packet of 100 octets or so, IP header included, leave the machine; returns when policies and SAs have
     * done with it. What becomes of it is not told: that the system call fails, since the packet is blocked or held, is
     * no error.
     */
    void leave(TestPacket packet) throws Exception;

    /** Whether the kernel sees the marks of packets that leave; a tunnel device does not. */
    default boolean seesMarks() {
        return true;
    }

    /** Lets time pass for the kernel: at once where time is virtual, by waiting where it is real. */
    void advance(Duration time);

    /** How long larval SAs live; a real kernel is set to a few seconds ({@code net.core.xfrm_acq_expires}). */
    Duration larvalLifetime();

    @Override
    void close();
}
