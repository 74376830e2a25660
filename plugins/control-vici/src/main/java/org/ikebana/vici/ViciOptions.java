package org.ikebana.vici;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.control.ListenAddress;
import org.ikebana.vici.server.SocketFile;

/**
 * What {@code control.vici} of {@code ikebana.conf} says.
 *
 * @param tcp a further socket, for clients of this host that have no other; none as a rule
 */
record ViciOptions(SocketFile file, Optional<InetSocketAddress> tcp) {
    private static final int OCTAL = 8;
    private static final String DEFAULT_SOCKET = "/run/ikebana/ikebana.vici";
    private static final String DEFAULT_MODE = "0660";

    /** @throws IOException where a value makes no sense, with what to write instead */
    static ViciOptions of(Map<String, String> options) throws IOException {
        SocketFile file = new SocketFile(
                Path.of(options.getOrDefault("socket", DEFAULT_SOCKET)),
                mode(options.getOrDefault("mode", DEFAULT_MODE)),
                Optional.ofNullable(options.get("owner")),
                Optional.ofNullable(options.get("group")));
        String tcp = options.get("tcp");
        return new ViciOptions(
                file,
                tcp == null
                        ? Optional.empty()
                        : Optional.of(ListenAddress.parse("control.vici.tcp", tcp, "127.0.0.1:4502")
                                .socket()));
    }

    private static int mode(String text) throws IOException {
        if (!text.matches("0?[0-7]{3}")) {
            throw new IOException("control.vici.mode = " + text + " is no mode of a file: write it as 0660");
        }
        return Integer.parseInt(text, OCTAL);
    }
}
