package org.ikebana.it.net;

/**
 * A gateway, and one host in the LAN behind it.
 *
 * @param wan the gateway's own address towards the other site
 * @param publicAddress where the other site finds it: {@code wan}, or the address of the NAT in between
 * @param lan the prefix behind the gateway
 * @param hostAddress the host's address in it
 */
public record Site(Netns gateway, Netns host, String wan, String publicAddress, String lan, String hostAddress) {
    public String name() {
        return gateway.role();
    }

    /** Pings the other site's host from this one's. */
    public Ping ping(Site other) {
        return Ping.from(host, other.hostAddress());
    }

    /** The same with so many octets in each request. */
    public Ping ping(Site other, int octets) {
        return Ping.from(host, other.hostAddress(), octets);
    }

    /** The IPsec tables of the gateway's kernel. */
    public IpXfrm xfrm() {
        return new IpXfrm(gateway);
    }
}
