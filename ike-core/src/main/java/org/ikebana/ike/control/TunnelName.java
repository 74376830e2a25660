package org.ikebana.ike.control;

/** A configured child: {@code site-b/lan}. */
public record TunnelName(String connection, String child) {
    @Override
    public String toString() {
        return connection + "/" + child;
    }
}
