package org.ikebana.kernel.tun.wire;

import java.util.Optional;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;

/**
 * A socket that a worker reads.
 *
 * @param port the UDP port that it is one of; empty for raw ESP
 */
record WireSocket(FileDescriptor descriptor, IpFamily family, Optional<NatPort> port) {
    boolean raw() {
        return port.isEmpty();
    }
}
