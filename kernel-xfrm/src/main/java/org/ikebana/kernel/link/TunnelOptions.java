package org.ikebana.kernel.link;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ikebana.ike.kernel.KernelException;

/**
 * What is made beside SAs and policies, all of it on request only.
 *
 * @param routes for each tunnel a route with a source address that its policy covers
 * @param table of the routes, and preference of the rules that lead there
 * @param interfaceName of XFRM interfaces to be made, {@code %d} standing for the if_id; empty for none but the named ones
 * @param named those with a name of their own, by if_id
 */
public record TunnelOptions(boolean routes, int table, String interfaceName, Map<Integer, NamedInterface> named) {
    public static final TunnelOptions NONE = new TunnelOptions(false, 220, "", Map.of());

    private static final String ROUTES = "routes";
    private static final String TABLE = "table";
    private static final String INTERFACE = "interface";
    private static final String INTERFACES = "interfaces";

    public TunnelOptions {
        named = Map.copyOf(named);
    }

    /** @throws KernelException for an option that there is not */
    public static TunnelOptions of(Map<String, String> options) throws KernelException {
        TreeSet<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(Set.of(ROUTES, TABLE, INTERFACE, INTERFACES));
        if (!unknown.isEmpty()) {
            throw new KernelException(
                    "options " + unknown,
                    0,
                    "the backend xfrm has the options routes, table, interface and interfaces: remove what is none of them",
                    Optional.empty());
        }
        return new TunnelOptions(
                Boolean.parseBoolean(options.get(ROUTES)),
                Integer.parseInt(options.getOrDefault(TABLE, Integer.toString(NONE.table))),
                options.getOrDefault(INTERFACE, ""),
                NamedInterface.parse(options.getOrDefault(INTERFACES, "")));
    }

    /** Whether there is anything to be made. */
    public boolean isAny() {
        return routes || makesInterfaces();
    }

    boolean makesInterfaces() {
        return !interfaceName.isEmpty() || !named.isEmpty();
    }

    /** Whether an interface is made for this if_id. */
    boolean makes(int ifId) {
        return ifId != 0 && (named.containsKey(ifId) || !interfaceName.isEmpty());
    }

    String interfaceName(int ifId) {
        NamedInterface own = named.get(ifId);
        return own != null ? own.name() : interfaceName.replace("%d", Integer.toUnsignedString(ifId));
    }

    List<InterfaceAddress> addresses(int ifId) {
        NamedInterface own = named.get(ifId);
        return own != null ? own.addresses() : List.of();
    }
}
