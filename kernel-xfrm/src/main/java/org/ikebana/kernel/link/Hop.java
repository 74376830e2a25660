package org.ikebana.kernel.link;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a packet goes next.
 *
 * @param gateway empty where its destination is on the link
 */
public record Hop(int interfaceIndex, Optional<InetAddress> gateway) {}
