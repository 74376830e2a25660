package org.ikebana.kernel.tun.route;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.link.SourceAddresses;

/** A protected prefix, with the source prefixes of the policies that share it. */
final class Destination {
    private final IpPrefix prefix;
    private final Map<IpPrefix, Integer> users = new LinkedHashMap<>();
    private Optional<InetAddress> source = Optional.empty();

    Destination(IpPrefix prefix) {
        this.prefix = prefix;
    }

    void add(IpPrefix user) {
        users.merge(user, 1, Integer::sum);
    }

    /** Returns false if the user is not known. */
    boolean remove(IpPrefix user) {
        if (!users.containsKey(user)) {
            return false;
        }
        users.computeIfPresent(user, (u, count) -> count == 1 ? null : count - 1);
        return true;
    }

    boolean isUnused() {
        return users.isEmpty();
    }

    /** Chooses the source address anew, the oldest policy's if several have one; true if it is another than before. */
    boolean choose(SourceAddresses addresses) {
        Optional<InetAddress> before = source;
        source = users.keySet().stream()
                .filter(user -> Prefixes.family(user) == Prefixes.family(prefix))
                .flatMap(user -> addresses.within(user).stream())
                .findFirst();
        return !source.equals(before);
    }

    /** The kernel refuses it as source. */
    void forgetSource() {
        source = Optional.empty();
    }

    Route device() {
        return Route.device(prefix, source);
    }

    Route unreachable() {
        return Route.unreachable(prefix);
    }
}
