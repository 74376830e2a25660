package org.ikebana.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.config.syntax.InMemoryFiles;

/** Configuration files as lines, one statement a line, of which each knows what it is about. */
record MutableConfiguration(Map<String, List<Line>> lines) {
    /** The scope of secrets. */
    static final String SECRETS = "secrets";

    private static final String DIRECTORY = "/etc/swanctl/";

    /** @param scope the connections that it may change, or {@link #SECRETS} */
    record Line(String text, String scope) {
        Line with(String other) {
            return new Line(other, scope);
        }
    }

    static MutableConfiguration ofTwoSites() {
        Map<String, List<Line>> files = new LinkedHashMap<>();
        files.put("swanctl.conf", lines("berlin oslo", """
                hub {
                  local_addrs = 192.0.2.1
                  version = 2
                  proposals = aes256gcm16-prfsha384-x25519, aes256-sha256-modp2048
                  dpd_delay = 30s
                  rekey_time = 4h
                  local {
                    auth = psk
                    id = hub.example.com
                  }
                  remote {
                    auth = psk
                  }
                }
                net {
                  local_ts = 10.0.0.0/16
                  esp_proposals = aes256gcm16-ecp384
                  start_action = trap
                  dpd_action = restart
                  rekey_time = 1h
                  rekey_bytes = 500m
                }
                connections {
                  include sites/*.conf
                }
                include secrets.conf
                """));
        files.put("sites/berlin.conf", lines("berlin", """
                berlin : hub {
                  remote_addrs = berlin.example.com
                  remote {
                    id = berlin.example.com
                  }
                  children {
                    lan : net {
                      remote_ts = 10.1.0.0/16
                      copy_dscp = yes
                    }
                    voice : net {
                      remote_ts = 10.129.0.0/16[udp/5060-5061]
                      start_action = start
                      mark_out = 0x20/0xff
                    }
                  }
                }
                """));
        files.put("sites/oslo.conf", lines("oslo", """
                oslo : hub {
                  remote_addrs = 198.51.100.7
                  fragmentation = no
                  encap = yes
                  remote {
                    id = @oslo
                  }
                  children {
                    lan : net {
                      remote_ts = 10.2.0.0/16, 10.3.0.0/16
                      replay_window = 64
                      reqid = 7
                    }
                  }
                }
                """));
        files.put("secrets.conf", lines(SECRETS, """
                secrets {
                  ike-berlin {
                    id = berlin.example.com
                    secret = 0sc3Ryb25nIGFuZCBsb25nIGVub3VnaA==
                  }
                  ike-oslo {
                    id-1 = @oslo
                    id-2 = hub.example.com
                    secret = "correct horse battery"
                  }
                }
                """));
        return new MutableConfiguration(files);
    }

    InMemoryFiles files() {
        var files = new InMemoryFiles();
        lines.forEach((name, text) -> files.with(DIRECTORY + name, String.join("\n", text(text)) + "\n"));
        return files;
    }

    List<Line> of(String file) {
        return lines.getOrDefault(file, List.of());
    }

    MutableConfiguration with(String file, List<Line> other) {
        Map<String, List<Line>> all = new LinkedHashMap<>(lines);
        all.put(file, List.copyOf(other));
        return new MutableConfiguration(all);
    }

    static boolean isOf(String file, String path) {
        return path.equals(DIRECTORY + file);
    }

    private static List<String> text(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    private static List<Line> lines(String scope, String text) {
        List<Line> lines = new ArrayList<>();
        boolean isInclude;
        for (String line : text.split("\n")) {
            isInclude = line.contains("include secrets");
            lines.add(new Line(line, isInclude ? SECRETS : scope));
        }
        return lines;
    }
}
