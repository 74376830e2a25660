package org.ikebana.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Lets GET and HEAD pass. */
public final class ReadingOnly extends Filter {
    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            chain.doFilter(exchange);
            return;
        }
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        Answer.text(405, "this is to be read only: GET and HEAD\n").send(exchange);
    }

    @Override
    public String description() {
        return "GET and HEAD alone";
    }
}
