package org.ikebana.config.plan;

import java.util.List;

/** What is up, for people: a line for each SA. */
public interface LiveSas {
    /** Where nobody can be asked. */
    LiveSas UNKNOWN = new LiveSas() {
        @Override
        public List<String> ofConnection(String connection) {
            return List.of();
        }

        @Override
        public List<String> ofChild(String connection, String child) {
            return List.of();
        }
    };

    /** Its IKE SAs: {@code site-b[3], established 2h ago}. */
    List<String> ofConnection(String connection);

    /** The SAs of a child: {@code lan{7}, c0ffee01_i c0ffee02_o}. */
    List<String> ofChild(String connection, String child);
}
