package org.ikebana.kernel.linux;

import java.net.Inet4Address;
import java.net.InetAddress;

/** IPv4 or IPv6: the numbers under which socket(2) and setsockopt(2) know each (linux/in.h, linux/in6.h). */
public enum IpFamily {
    IPV4("IPv4", Socket.AF_INET, 0, 8, 8, 13, 1, 10, 14, 17),
    IPV6("IPv6", Socket.AF_INET6, 41, 49, 50, 66, 67, 23, 24, 35);

    private final String name;
    private final int number;
    private final int level;
    private final int receivePacketInfo;
    private final int packetInfo;
    private final int receiveTrafficClass;
    private final int trafficClass;
    private final int mtuDiscover;
    private final int mtu;
    private final int xfrmPolicy;

    IpFamily(
            String name,
            int number,
            int level,
            int receivePacketInfo,
            int packetInfo,
            int receiveTrafficClass,
            int trafficClass,
            int mtuDiscover,
            int mtu,
            int xfrmPolicy) {
        this.name = name;
        this.number = number;
        this.level = level;
        this.receivePacketInfo = receivePacketInfo;
        this.packetInfo = packetInfo;
        this.receiveTrafficClass = receiveTrafficClass;
        this.trafficClass = trafficClass;
        this.mtuDiscover = mtuDiscover;
        this.mtu = mtu;
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

    /** The option {@code IP_RECVTOS} or {@code IPV6_RECVTCLASS}. */
    public int receiveTrafficClass() {
        return receiveTrafficClass;
    }

    /** The control message {@code IP_TOS} or {@code IPV6_TCLASS}. */
    public int trafficClass() {
        return trafficClass;
    }

    /** The option {@code IP_MTU_DISCOVER} or {@code IPV6_MTU_DISCOVER}. */
    public int mtuDiscover() {
        return mtuDiscover;
    }

    /** The option {@code IP_MTU} or {@code IPV6_MTU}, of a connected socket. */
    public int mtu() {
        return mtu;
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
