package org.ikebana.it.kill;

import org.ikebana.it.peer.SwanctlConf;

/** Lifetimes so short that many a moment is one of a rekey. */
final class Rekeying {
    private Rekeying() {}

    static SwanctlConf in(SwanctlConf conf, End.Pace pace) {
        return switch (pace) {
            case BUSY ->
                conf.connection("rekey_time", "5s")
                        .connection("over_time", "60s")
                        .connection("rand_time", "2s")
                        .child("rekey_time", "2s")
                        .child("rand_time", "1s")
                        .child("life_time", "60s");
            case CALM -> conf;
        };
    }
}
