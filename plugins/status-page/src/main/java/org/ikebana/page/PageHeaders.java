package org.ikebana.page;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** What a browser is told of every answer: nothing but the page's own files is loaded or run, and nobody frames it. */
final class PageHeaders extends Filter {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        chain.doFilter(exchange);
    }

    @Override
    public String description() {
        return "headers that keep everything out";
    }
}
