package org.ikebana.ike.sa;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * Gives each set of selectors its reqid, which a child keeps across rekeys and shares with its trap. Reqids come from
 * a range of our own, so that what another daemon installed is told apart from ours.
 */
public final class ReqidAllocator {
    /** Above IPSEC_MANUAL_REQID_MAX (linux/ipsec.h), which people use by hand, and above what strongSwan counts to. */
    public static final int FIRST = 0x10000;

    public static final int LAST = 0x1ffff;

    private final Map<Key, Lease> leases = new HashMap<>();
    private final Map<Integer, Key> taken = new HashMap<>();
    private final Set<Integer> avoided = new HashSet<>();
    private int next = FIRST;

    private record Key(
            List<TrafficSelector> local,
            List<TrafficSelector> remote,
            Mark markIn,
            Mark markOut,
            int ifIdIn,
            int ifIdOut) {
        private static Key of(ChildConfig child, List<TrafficSelector> local, List<TrafficSelector> remote) {
            return new Key(local, remote, child.markIn(), child.markOut(), child.ifIdIn(), child.ifIdOut());
        }
    }

    private static final class Lease {
        private final int reqid;
        private int users;

        private Lease(int reqid) {
            this.reqid = reqid;
        }
    }

    /** The reqid that these selectors have now, 0 for none. */
    public int current(ChildConfig child, List<TrafficSelector> local, List<TrafficSelector> remote) {
        if (child.reqid() != 0) {
            return child.reqid();
        }
        Lease lease = leases.get(Key.of(child, local, remote));
        return lease == null ? 0 : lease.reqid;
    }

    /** Counts one more user of the reqid; {@link #release} it. */
    public int acquire(ChildConfig child, List<TrafficSelector> local, List<TrafficSelector> remote) {
        if (child.reqid() != 0) {
            return child.reqid();
        }
        Lease lease = leases.computeIfAbsent(Key.of(child, local, remote), this::lease);
        lease.users++;
        return lease.reqid;
    }

    /** Counts one more user of a reqid that is in use. */
    public void retain(int reqid) {
        Key key = taken.get(reqid);
        Lease lease = key == null ? null : leases.get(key);
        if (lease != null) {
            lease.users++;
        }
    }

    /** A reqid that the configuration fixed needs no release, and takes none. */
    public void release(int reqid) {
        Key key = taken.get(reqid);
        if (key == null) {
            return;
        }
        Lease lease = leases.get(key);
        if (lease != null && --lease.users == 0) {
            leases.remove(key);
            taken.remove(reqid);
        }
    }

    /** Gives these to nobody: what an earlier run has left with them must not find the SAs of this one. */
    public void avoid(Set<Integer> reqids) {
        avoided.addAll(reqids);
    }

    /** Nothing is left of an earlier run. */
    public void avoidNone() {
        avoided.clear();
    }

    private Lease lease(Key key) {
        if (taken.size() + avoided.size() > LAST - FIRST) {
            throw new IllegalStateException("all " + (LAST - FIRST + 1) + " reqids are in use");
        }
        while (taken.containsKey(next) || avoided.contains(next)) {
            next = next == LAST ? FIRST : next + 1;
        }
        int reqid = next;
        next = next == LAST ? FIRST : next + 1;
        taken.put(reqid, key);
        return new Lease(reqid);
    }
}
