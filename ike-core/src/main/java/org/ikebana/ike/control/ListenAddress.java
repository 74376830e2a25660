package org.ikebana.ike.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a plugin listens.
 *
 * @param setting the key of {@code ikebana.conf} that says so, for messages
 */
public record ListenAddress(String setting, InetSocketAddress socket) {
    private static final int LARGEST_PORT = 0xffff;

    /**
     * Reads {@code 127.0.0.1:9405}, {@code [::1]:9405} or a name of this host with a port.
     *
     * @param example a good value, for the message
     * @throws IOException where it is none, with what to write instead
     */
    public static ListenAddress parse(String setting, String text, String example) throws IOException {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LARGEST_PORT) {
            throw refused(setting, text, "is no address with a port", example);
        }
        try {
            InetAddress address = InetAddress.getByName(text.substring(0, colon));
            return new ListenAddress(setting, new InetSocketAddress(address, Integer.parseInt(port)));
        } catch (UnknownHostException e) {
            throw refused(setting, text, "names no address of this host", example);
        }
    }

    /** {@code 127.0.0.1:9405}, {@code [::1]:9405}. */
    @Override
    public String toString() {
        String host = socket.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
    }

    private static IOException refused(String setting, String text, String fault, String example) {
        return new IOException(
                "%s in ikebana.conf is '%s', which %s; write it as in %s".formatted(setting, text, fault, example));
    }
}
