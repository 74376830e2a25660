package org.ikebana.ike.engine;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.connection.ChildChange;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionChange;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;

/** Puts changed connections into effect, and leaves alone what has not changed. */
record Loading(ConnectionTable connections, IkeSaTable ikeSas, Reconciler reconciler, Counters counters) {
    /** All that are wanted; others go. */
    void apply(List<ConnectionConfig> wanted) {
        ConnectionChange.between(connections.all(), wanted).forEach(this::apply);
    }

    /** This one; all others stay as they are. */
    void apply(ConnectionConfig wanted) {
        apply(connections
                .named(wanted.name())
                .map(before -> ConnectionChange.between(before, wanted))
                .orElseGet(() -> new ConnectionChange.Added(wanted)));
    }

    private void apply(ConnectionChange change) {
        switch (change) {
            case ConnectionChange.Removed removed -> remove(removed.before());
            case ConnectionChange.Restarted restarted -> restart(restarted.before(), restarted.now());
            case ConnectionChange.Kept kept -> goOn(kept);
            case ConnectionChange.Added added -> add(added.now(), List.of());
        }
    }

    /** Closes the child's SAs. */
    void close(String connection, String child) {
        for (IkeSa sa : ikeSas.of(connection)) {
            sa.childSas().stream().filter(c -> c.config().name().equals(child)).forEach(sa::closeChild);
        }
    }

    private void add(ConnectionConfig now, List<ChildGoal> former) {
        connections.put(now);
        reconciler.add(now, now.children(), former);
    }

    private void remove(ConnectionConfig before) {
        reconciler.remove(before);
        connections.remove(before.name());
        counters.reset(before.name());
        terminate(before.name());
    }

    private void restart(ConnectionConfig before, ConnectionConfig now) {
        List<ChildGoal> former = reconciler.retire(before);
        connections.put(now);
        terminate(now.name());
        add(now, former);
    }

    /** Only what has changed about the children of a connection touches them. */
    private void goOn(ConnectionChange.Kept kept) {
        ConnectionConfig now = kept.now();
        List<ChildConfig> leaving = new ArrayList<>();
        List<ChildConfig> coming = new ArrayList<>();
        for (ChildChange change : kept.children()) {
            switch (change) {
                case ChildChange.Added added -> coming.add(added.now());
                case ChildChange.Removed removed -> leaving.add(removed.before());
                case ChildChange.Replaced replaced -> {
                    leaving.add(replaced.before());
                    coming.add(replaced.now());
                }
                case ChildChange.Kept same -> {}
                case ChildChange.Redirected same -> {}
            }
        }
        List<ChildGoal> former = reconciler.retire(kept.before(), leaving);
        connections.put(now);
        for (IkeSa sa : ikeSas.of(now.name())) {
            if (!sa.adopt(now) && !kept.isUntouched()) {
                reconciler.begunAnew(now, sa);
                sa.terminate(CloseCause.LOCAL);
            }
        }
        List<ChildConfig> closing = new ArrayList<>(leaving);
        closing.addAll(reconciler.renew(now));
        closing.forEach(child -> close(now.name(), child.name()));
        reconciler.add(now, coming, former);
        if (coming.isEmpty() && !closing.isEmpty() && !reconciler.wantsAnyUp(now)) {
            ikeSas.of(now.name()).stream()
                    .filter(sa -> sa.childSas().isEmpty())
                    .forEach(sa -> sa.terminate(CloseCause.LOCAL)); // of no use any more
        }
    }

    private void terminate(String connection) {
        ikeSas.of(connection).forEach(sa -> sa.terminate(CloseCause.LOCAL));
    }
}
