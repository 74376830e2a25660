package org.ikebana.kernel.udp;

/**
 * Datagrams since the transport was opened.
 *
 * @param received handed on
 * @param keepalives NAT keepalives dropped; the kernel takes those of the NAT port away itself where it knows ESP in UDP
 * @param esp dropped on the NAT port for want of a marker: ESP that the kernel does not take, or noise
 * @param truncated dropped as longer than any IKE message
 * @param notUnicast dropped as sent to a multicast or broadcast address
 * @param socketErrors errors that receiving met, as those left behind by ICMP
 * @param overflows thrown away by the kernel because the receive buffer was full
 * @param sent given to the kernel, NAT keepalives included
 * @param sendDrops not sent for want of room
 */
public record TransportStatistics(
        long received,
        long keepalives,
        long esp,
        long truncated,
        long notUnicast,
        long socketErrors,
        long overflows,
        long sent,
        long sendDrops) {}
