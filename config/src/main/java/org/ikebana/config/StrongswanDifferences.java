package org.ikebana.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.connection.StartAction;

/**
 * What a configuration does here that it would not do with strongSwan, though both understand it. What is not supported are its
 * {@link Configuration#warnings}.
 */
public final class StrongswanDifferences {
    private static final String VERSION =
            "version is not given: strongSwan would answer IKEv1 as well; here it is IKEv2 alone";
    private static final String TRIES =
            "keyingtries is not given: strongSwan would give up after one attempt; here it is tried for ever";
    private static final String REAUTHENTICATION =
            "reauth_time: strongSwan before 6.0 would close the IKE SA and its children first; here the new one comes first";
    private static final String START =
            "start_action = start: strongSwan would let its traffic out in clear while it is down; here it is held, as with"
                    + " trap|start";
    private static final String CLOSE =
            "close_action is not given: strongSwan would leave it down when the peer closes it; here it comes back, unless"
                    + " close_action = none is written down";
    private static final String DPD =
            "dpd_action is not given: strongSwan would leave it down when the peer is dead; here it comes back, unless"
                    + " dpd_action = clear is written down";

    private static final String SHUNT_START =
            "start_action = start: strongSwan would negotiate a tunnel, whatever mode = pass or drop says; here the policies are"
                    + " installed, as with trap";
    private static final String SHUNT_IF_ID =
            "if_id_in, if_id_out: strongSwan's pass and drop policies have no interface id; here they are for that interface alone";

    private final Map<String, List<SourceRef>> places = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param message what it is
     * @param places where it is so, at least one
     */
    public record Difference(String message, List<SourceRef> places) {
        public Difference {
            places = List.copyOf(places);
        }

        /** {@code file:line: what it is (and 3 more)}. */
        @Override
        public String toString() {
            String more = places.size() == 1 ? "" : " (and at " + (places.size() - 1) + " more)";
            return places.getFirst() + more + ": " + message;
        }
    }

    private StrongswanDifferences() {}

    /** Each once, with all its places. */
    public static List<Difference> of(Configuration configuration) {
        var differences = new StrongswanDifferences();
        configuration.connections().forEach(differences::connection);
        return differences.places.entrySet().stream()
                .map(entry -> new Difference(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void connection(ConnectionConfig connection) {
        if (connection.isOfShunts()) {
            connection.children().forEach(this::child);
            return;
        }
        boolean isWanted = connection.tunnels().stream().anyMatch(child -> child.startAction() != StartAction.NONE);
        if (!connection.places().containsKey("version")) {
            add(VERSION, connection.place(""));
        }
        if (isWanted && !connection.places().containsKey("keyingtries")) {
            add(TRIES, connection.place(""));
        }
        if (connection.reauthTime().isPositive()) {
            add(REAUTHENTICATION, connection.place("reauth_time"));
        }
        connection.children().forEach(this::child);
    }

    private void child(ChildConfig child) {
        if (child.startAction() == StartAction.NONE) {
            return;
        }
        if (child.isShunt()) {
            shunt(child);
            return;
        }
        if (child.startAction() == StartAction.START) {
            add(START, child.place("start_action"));
        }
        if (!child.places().containsKey("close_action")) {
            add(CLOSE, child.place(""));
        }
        if (!child.places().containsKey("dpd_action")) {
            add(DPD, child.place(""));
        }
    }

    private void shunt(ChildConfig child) {
        if (child.startAction() == StartAction.START) {
            add(SHUNT_START, child.place("start_action"));
        }
        if (child.ifIdIn() != 0 || child.ifIdOut() != 0) {
            add(SHUNT_IF_ID, child.place("if_id_out"));
        }
    }

    private void add(String message, SourceRef place) {
        places.computeIfAbsent(message, any -> new ArrayList<>()).add(place);
    }
}
