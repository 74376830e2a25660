package org.ikebana.ike.connection;

import java.net.InetAddress;

/** One entry of {@code local_addrs} or {@code remote_addrs}; in words as it is written there. */
public sealed interface AddressSpec {
    /** {@code %any}. */
    record Any() implements AddressSpec {
        @Override
        public String toString() {
            return "%any";
        }
    }

    record Exact(InetAddress address) implements AddressSpec {
        @Override
        public String toString() {
            return address.getHostAddress();
        }
    }

    /** A range or a subnet: accepts peers, but nobody to start with. */
    record Range(InetAddress first, InetAddress last) implements AddressSpec {
        @Override
        public String toString() {
            return first.getHostAddress() + "-" + last.getHostAddress();
        }
    }

    /** A host name, resolved anew at every attempt. */
    record Name(String host) implements AddressSpec {
        @Override
        public String toString() {
            return host;
        }
    }
}
