package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.ikebana.ike.task.NatStatus;

/** Between which ends an IKE SA talks, and the NATs that are between them. Its children go the same way. */
record Path(Endpoints endpoints, NatStatus nat) {
    InetSocketAddress local() {
        return endpoints.local();
    }

    InetSocketAddress remote() {
        return endpoints.remote();
    }

    Path to(Endpoints newEndpoints) {
        return new Path(newEndpoints, nat);
    }

    /** From another address of ours; the port is the same. */
    Path from(InetAddress newLocal) {
        return to(new Endpoints(new InetSocketAddress(newLocal, local().getPort()), remote()));
    }

    /** On port 4500 if there is a NAT (RFC 7296 2.23), or may be one some day (RFC 4555 3.3). */
    Path floated(NatStatus found, boolean mobike, int natPort) {
        boolean floats = found.detected() || (mobike && found.supported());
        return new Path(floats ? endpoints.floated(natPort) : endpoints, found);
    }

    Path with(NatStatus newNat) {
        return new Path(endpoints, newNat);
    }

    /** ESP goes in UDP. */
    boolean encapsulates() {
        return nat.detected();
    }

    boolean hasAddressesOf(Path other) {
        return local().getAddress().equals(other.local().getAddress())
                && remote().getAddress().equals(other.remote().getAddress());
    }

    /** Whether a child that goes one way need not be moved to go the other. */
    boolean carriesAs(Path other) {
        boolean samePorts = !encapsulates() || endpoints.equals(other.endpoints);
        return hasAddressesOf(other) && encapsulates() == other.encapsulates() && samePorts;
    }
}
