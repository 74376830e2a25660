package org.ikebana.it.peer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.ikebana.it.net.Site;

/**
 * A {@code swanctl.conf} of one connection, {@code site}, with one child, {@code net}, from LAN to LAN, with a pre-shared
 * key. Tests change what they are about and nothing else.
 *
 * @param others further children, by name
 */
public record SwanctlConf(
        Site local,
        Site remote,
        Map<String, String> connection,
        Map<String, String> child,
        Map<String, Map<String, String>> others) {
    /** This end's view of the tunnel between the two. */
    public static SwanctlConf psk(Site local, Site remote) {
        Map<String, String> connection = new LinkedHashMap<>();
        connection.put("version", "2");
        connection.put("local_addrs", local.wan());
        connection.put("remote_addrs", remote.publicAddress());
        connection.put("proposals", "aes256gcm16-prfsha256-x25519");
        Map<String, String> child = new LinkedHashMap<>();
        child.put("local_ts", local.lan());
        child.put("remote_ts", remote.lan());
        child.put("esp_proposals", "aes256gcm16-x25519");
        return new SwanctlConf(local, remote, connection, child, Map.of());
    }

    /** With this key of the connection. */
    public SwanctlConf connection(String key, String value) {
        return new SwanctlConf(local, remote, put(connection, key, value), child, others);
    }

    /** With this key of the child. */
    public SwanctlConf child(String key, String value) {
        return new SwanctlConf(local, remote, connection, put(child, key, value), others);
    }

    /** With one more child, like the first but for its selectors. */
    public SwanctlConf another(String name, String localTs, String remoteTs) {
        Map<String, Map<String, String>> more = new LinkedHashMap<>(others);
        more.put(name, put(put(child, "local_ts", localTs), "remote_ts", remoteTs));
        return new SwanctlConf(local, remote, connection, child, more);
    }

    /** The text of the file. */
    public String text() {
        return """
            connections {
              site {
            %s
                local {
                  auth = psk
                  id = %s.example
                }
                remote {
                  auth = psk
                  id = %s.example
                }
                children {
            %s
                }
              }
            }
            secrets {
              ike-site {
                id-1 = west.example
                id-2 = east.example
                secret = "correct horse battery staple"
              }
            }
            """.formatted(lines("    ", connection), local.name(), remote.name(), children());
    }

    private String children() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("net", child);
        all.putAll(others);
        return all.entrySet().stream()
                .map(each -> "      " + each.getKey() + " {\n" + lines("        ", each.getValue()) + "\n      }")
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> put(Map<String, String> section, String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(section);
        changed.put(key, value);
        return changed;
    }

    private static String lines(String indent, Map<String, String> section) {
        return section.entrySet().stream()
                .map(entry -> indent + entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
