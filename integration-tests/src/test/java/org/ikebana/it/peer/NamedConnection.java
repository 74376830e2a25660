package org.ikebana.it.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;

/**
 * One of several connections between the same two gateways, told apart by who the ends say they are: {@code psk.west.example} and
 * {@code psk.east.example} where it is called {@code psk}. Its child has the same name.
 */
public record NamedConnection(String name, Proof west, Proof east) {
    private static final int FIRST_PORT = 5000;
    private static final String SECRET = "correct horse battery staple";

    /**
     * The folder of one end for all of them, {@code swanctl.conf} among it. The first has all traffic of the sites' LANs, the others
     * that of one port each.
     *
     * @param startAction of the children
     */
    public static Map<String, String> files(TwoSites sites, Site local, List<NamedConnection> all, String startAction) {
        Map<String, String> files = new LinkedHashMap<>();
        StringBuilder connections = new StringBuilder();
        StringBuilder secrets = new StringBuilder();
        for (NamedConnection each : all) {
            boolean isWest = local.equals(sites.west());
            Site remote = isWest ? sites.east() : sites.west();
            files.putAll(each.at(local).own());
            files.putAll(each.at(remote).known());
            connections.append(each.section(local, remote, all.indexOf(each), startAction));
            secrets.append(each.secret());
        }
        files.put("swanctl.conf", "connections {\n" + connections + "}\nsecrets {\n" + secrets + "}\n");
        return files;
    }

    /** Who the end at that site is. */
    public String identity(Site site) {
        return name + "." + site.name() + ".example";
    }

    private Proof at(Site site) {
        return site.name().equals("west") ? west : east;
    }

    private String section(Site local, Site remote, int number, String startAction) {
        return """
                %s {
                  version = 2
                  local_addrs = %s
                  remote_addrs = %s
                  proposals = aes256gcm16-prfsha256-x25519
                  keyingtries = 1
                  local {
                    id = %s
                    %s
                  }
                  remote {
                    id = %s
                    %s
                  }
                  children {
                    %s {
                      local_ts = %s
                      remote_ts = %s
                      esp_proposals = aes256gcm16
                      start_action = %s
                    }
                  }
                }
                """.formatted(
                        name,
                        local.wan(),
                        remote.wan(),
                        identity(local),
                        at(local).local(),
                        identity(remote),
                        at(remote).remote(),
                        name,
                        selector(local, number),
                        selector(remote, number),
                        startAction);
    }

    private String secret() {
        return """
                ike-%s {
                  id-1 = %s.west.example
                  id-2 = %s.east.example
                  secret = "%s"
                }
                """.formatted(name, name, name, SECRET);
    }

    private static String selector(Site site, int number) {
        return number == 0 ? site.lan() : site.lan() + "[6/" + (FIRST_PORT + number) + "]";
    }
}
