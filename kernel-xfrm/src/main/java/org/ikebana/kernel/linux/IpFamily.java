package org.ikebana.kernel.linux;

import java.net.Inet4Address;
import java.net.InetAddress;

/** IPv4 or IPv6: the numbers under which socket(2) and setsockopt(2) know each (linux/in.h, linux/in6.h). */
public enum IpFamily {
    IPV4("IPv4", Socket.AF_INET, 0, 8, 8, 10, 17),
    IPV6("IPv6", Socket.AF_INET6, 41, 49, 50, 23, 35);

    private final String name;
    private final int number;
    private final int level;
    private final int receivePacketInfo;
    private final int packetInfo;
    private final int mtuDiscover;
    private final int xfrmPolicy;

    IpFamily(
            String name,
            int number,
            int level,
            int receivePacketInfo,
            int packetInfo,
            int mtuDiscover,
            int xfrmPolicy) {
        this.name = name;
        this.number = number;
        this.level = level;
        this.receivePacketInfo = receivePacketInfo;
        this.packetInfo = packetInfo;
        this.mtuDiscover = mtuDiscover;
        this.xfrmPolicy = xfrmPolicy;
    }

    public static IpFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** {@code AF_INET} or {@code AF_INET6}. */
    public int number() {
        return number;
    }

    /** {@code IPPROTO_IP} or {@code IPPROTO_IPV6}: the level of the options below. */
    public int level() {
        return level;
    }

    /** The option {@code IP_PKTINFO} or {@code IPV6_RECVPKTINFO}. */
    public int receivePacketInfo() {
        return receivePacketInfo;
    }

    /** The control message {@code IP_PKTINFO} or {@code IPV6_PKTINFO}. */
    public int packetInfo() {
        return packetInfo;
    }

    /** The option {@code IP_MTU_DISCOVER} or {@code IPV6_MTU_DISCOVER}. */
    public int mtuDiscover() {
        return mtuDiscover;
    }

    /** The option {@code IP_XFRM_POLICY} or {@code IPV6_XFRM_POLICY}. */
    public int xfrmPolicy() {
        return xfrmPolicy;
    }

    @Override
    public String toString() {
        return name;
    }
}
