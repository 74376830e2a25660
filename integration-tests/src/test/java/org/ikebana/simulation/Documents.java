package org.ikebana.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.model.VirtualClock;

/** Servers that a simulated host fetches from: what stands there, how long it takes; whoever is not here never answers. */
final class Documents {
    private final VirtualClock time;
    private final Map<String, Server> servers = new HashMap<>();
    private final List<Fetch> asked = new ArrayList<>();

    private record Server(Duration delay, Function<Fetch, Fetched> answer) {}

    Documents(VirtualClock time) {
        this.time = time;
    }

    /** What it answers from now on, so long after it was asked. */
    void put(String uri, Duration delay, Function<Fetch, Fetched> answer) {
        servers.put(uri, new Server(delay, answer));
    }

    void put(String uri, Duration delay, Octets content) {
        put(uri, delay, fetch -> new Fetched.Content(content));
    }

    /** All that has been asked for, in order. */
    List<Fetch> asked() {
        return asked;
    }

    void fetch(Fetch what, Consumer<Fetched> result) {
        asked.add(what);
        Server server = servers.getOrDefault(what.uri(), new Server(Fetch.PATIENCE, fetch -> silence()));
        time.schedule(server.delay(), () -> result.accept(server.answer().apply(what)));
    }

    private static Fetched silence() {
        return new Fetched.Failed("no answer within " + Fetch.PATIENCE.toSeconds() + " s");
    }
}
