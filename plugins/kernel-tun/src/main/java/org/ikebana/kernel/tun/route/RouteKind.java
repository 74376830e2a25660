package org.ikebana.kernel.tun.route;

import org.ikebana.kernel.rtnetlink.RtMsg;

/** What our table says of a prefix. The order is that of removal, so that no packet leaves in clear meanwhile. */
enum RouteKind {
    /** Into the tunnel. Goes with the device, however that ends. */
    DEVICE(RtMsg.RTN_UNICAST, RtMsg.RT_SCOPE_LINK, 1024),

    /** Past our table, on to the rules behind: must lose against a route that protects. */
    BYPASS(RtMsg.RTN_THROW, RtMsg.RT_SCOPE_UNIVERSE, 0xffffffff),

    /** Nowhere, as long as the device is not there. */
    UNREACHABLE(RtMsg.RTN_UNREACHABLE, RtMsg.RT_SCOPE_UNIVERSE, 0xfffffffe);

    private final int type;
    private final int scope;
    private final int metric;

    RouteKind(int type, int scope, int metric) {
        this.type = type;
        this.scope = scope;
        this.metric = metric;
    }

    /** {@code RTN_}. */
    int type() {
        return type;
    }

    /** {@code RT_SCOPE_}. */
    int scope() {
        return scope;
    }

    /** Unsigned; the smallest wins. */
    int metric() {
        return metric;
    }
}
