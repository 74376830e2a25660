package org.ikebana.ike.kernel;

import java.net.InetSocketAddress;

/**
 * An IKE message on its way.
 *
 * @param local our concrete address and port, never the wildcard
 * @param remote the peer's
 * @param payload the IKE message, without non-ESP marker; not changed once handed over
 */
public record Datagram(InetSocketAddress local, InetSocketAddress remote, byte[] payload) {}
