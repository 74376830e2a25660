package org.ikebana.ike.connection;

import java.net.InetAddress;

/** One entry of {@code local_addrs} or {@code remote_addrs}. */
public sealed interface AddressSpec {
    /** {@code %any}. */
    record Any() implements AddressSpec {}

    record Exact(InetAddress address) implements AddressSpec {}

    /** A range or a subnet: accepts peers, but nobody to start with. */
    record Range(InetAddress first, InetAddress last) implements AddressSpec {}

    /** A host name, resolved anew at every attempt. */
    record Name(String host) implements AddressSpec {}
}
