package org.ikebana.it.net;

/** Both kinds of addresses, on both sides of the gateways. West is site 1, east is site 2. */
public enum Family {
    IPV4("192.0.2.%d", 24, "10.%d.0.%s", "0/24"),
    IPV6("2001:db8::%d", 64, "2001:db8:%d::%s", "/64");

    private final String wan;
    private final int prefixLength;
    private final String lan;
    private final String network;

    Family(String wan, int prefixLength, String lan, String network) {
        this.wan = wan;
        this.prefixLength = prefixLength;
        this.lan = lan;
        this.network = network;
    }

    /** The gateway's address on the wire between the sites. */
    String wan(int site) {
        return wan.formatted(site);
    }

    /** The prefix behind a gateway. */
    String lan(int site) {
        return lan.formatted(site, network);
    }

    /** The address of a host in it; the gateway is host 1. */
    String host(int site, int host) {
        return lan.formatted(site, host);
    }

    /** What gives an interface this address; it can be used at once. */
    String assign(String address, String device) {
        return "address add %s/%d dev %s%s".formatted(address, prefixLength, device, this == IPV6 ? " nodad" : "");
    }

    /** What makes this gateway the way to everything else. */
    String defaultRoute(String gateway) {
        return "route add " + (this == IPV6 ? "::/0" : "0.0.0.0/0") + " via " + gateway;
    }
}
