package org.ikebana.daemon;

import java.util.Map;
import java.util.stream.Collectors;
import org.ikebana.config.Configuration;
import org.ikebana.ike.connection.AddressSpec;

/**
 * The options of each kernel backend.
 *
 * @param memory of the model
 * @param tun as {@code ikebana.conf} gives them
 * @param xfrm likewise
 */
record BackendOptions(Map<String, String> memory, Map<String, String> tun, Map<String, String> xfrm) {
    static BackendOptions of(Configuration configuration) {
        return new BackendOptions(
                bind(configuration),
                configuration.daemon().tun(),
                configuration.daemon().xfrm());
    }

    Map<String, String> of(String backend) {
        return switch (backend) {
            case "memory" -> memory;
            case "tun" -> tun;
            case "xfrm" -> xfrm;
            default -> Map.of();
        };
    }

    /** The model has no routes to choose an address by: it listens where the connections say. */
    private static Map<String, String> bind(Configuration configuration) {
        String addresses = configuration.connections().stream()
                .flatMap(c -> c.localAddresses().stream())
                .filter(AddressSpec.Exact.class::isInstance)
                .map(a -> ((AddressSpec.Exact) a).address().getHostAddress())
                .distinct()
                .collect(Collectors.joining(","));
        return addresses.isEmpty() ? Map.of() : Map.of("bind", addresses);
    }
}
