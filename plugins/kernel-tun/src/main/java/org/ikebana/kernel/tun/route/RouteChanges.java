package org.ikebana.kernel.tun.route;

import java.util.List;

/**
 * What must change in the kernel.
 *
 * @param remove in any order
 * @param add in this order; one of the same kind and destination is replaced
 */
record RouteChanges(List<Route> remove, List<Route> add) {
    RouteChanges {
        remove = List.copyOf(remove);
        add = List.copyOf(add);
    }
}
