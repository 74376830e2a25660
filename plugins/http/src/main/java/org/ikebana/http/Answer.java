package org.ikebana.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Of HTTP: a status, and a body, which HEAD leaves out. */
public final class Answer {
    private static final int NO_BODY = -1;

    private final int status;
    private final String type;
    private final byte[] body;

    /**
     * @param type of the body, as {@code Content-Type} has it
     * @param body whose octets change no more
     */
    public Answer(int status, String type, byte[] body) {
        this.status = status;
        this.type = type;
        this.body = body;
    }

    public static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public int status() {
        return status;
    }

    /** Sends it, and ends the exchange. */
    public void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(status, NO_BODY);
                return;
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
            try (OutputStream octets = exchange.getResponseBody()) {
                octets.write(body);
            }
        }
    }
}
