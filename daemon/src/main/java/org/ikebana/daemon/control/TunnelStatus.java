package org.ikebana.daemon.control;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.daemon.json.Json;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;

/** A configured child as the daemon's {@code list-tunnels} tells of it. */
record TunnelStatus(Message told) {
    static List<TunnelStatus> all(ViciClient daemon) throws IOException {
        List<TunnelStatus> tunnels = new ArrayList<>();
        daemon.stream("list-tunnels", Message.EMPTY, "list-tunnel", tunnel -> tunnels.add(new TunnelStatus(tunnel)));
        return tunnels;
    }

    String connection() {
        return told.text("connection").orElse("");
    }

    String child() {
        return told.text("child").orElse("");
    }

    String name() {
        return connection() + "/" + child();
    }

    boolean isUp() {
        return told.text("state").filter("up"::equals).isPresent();
    }

    /** It is to be up, and is not. */
    boolean isMissing() {
        return !isUp() && told.text("desired").filter("up"::equals).isPresent();
    }

    Optional<Duration> time(String key) {
        return number(key).map(Duration::ofSeconds);
    }

    Optional<Long> number(String key) {
        return told.text(key).map(Long::parseLong);
    }

    /** {@code up}, {@code connecting}, {@code down}, or for one that is not wanted up {@code on demand} or {@code off}. */
    String state() {
        String state = told.text("state").orElse("");
        String desired = told.text("desired").orElse("");
        return state.equals("down") && !desired.equals("up") ? desired.replace('-', ' ') : state;
    }

    /** Of an object: numbers where there are some. */
    Json.Value json() {
        return json -> {
            json.writeStartObject();
            for (Element element : told.elements()) {
                json.writeFieldName(element.name());
                switch (element) {
                    case Element.Value value -> {
                        if (value.text().matches("[0-9]{1,18}")) {
                            json.writeNumber(Long.parseLong(value.text()));
                        } else {
                            json.writeString(value.text());
                        }
                    }
                    case Element.Items items ->
                        Json.array(items.items().stream()
                                        .map(item -> (Json.Value) one -> one.writeString(item.text()))
                                        .toList())
                                .write(json);
                    case Element.Section section ->
                        ViciJson.of(section.content()).write(json);
                }
            }
            json.writeEndObject();
        };
    }
}
