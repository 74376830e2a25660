package org.ikebana.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.control.ListenAddress;

/**
 * Lets requests pass that call this host by its own address, {@code localhost}, or what the configuration calls it. Else a foreign
 * web page could have its name point here, and the browser of whoever looks at it would hand it all that is served (DNS
 * rebinding).
 */
public final class OwnNamesOnly extends Filter {
    private final String configured;

    public OwnNamesOnly(ListenAddress address) {
        this.configured = address.socket().getHostString();
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (hosts.size() == 1
                && isOwn(
                        withoutPort(hosts.getFirst()),
                        exchange.getLocalAddress().getAddress())) {
            chain.doFilter(exchange);
            return;
        }
        Answer.text(421, "this is served under the address of this host and as localhost alone\n")
                .send(exchange);
    }

    @Override
    public String description() {
        return "requests under this host's own names";
    }

    private boolean isOwn(String host, InetAddress reached) {
        if (host.equalsIgnoreCase("localhost") || host.equalsIgnoreCase(configured)) {
            return true;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(host);
            return literal.equals(reached) || literal.isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":[0-9]*$", "");
    }
}
