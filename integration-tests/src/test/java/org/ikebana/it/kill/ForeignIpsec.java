package org.ikebana.it.kill;

import java.util.List;
import org.ikebana.it.net.Footprint;
import org.ikebana.it.net.Site;
import org.ikebana.it.process.Command;

/** What somebody else has in a gateway's kernel: an SA, its policy, and one that blocks. Its reqid is not of Ikebana's range. */
final class ForeignIpsec {
    static final int REQID = 4242;

    private static final String TEMPLATE = "src %s dst 192.0.2.77 proto esp reqid " + REQID + " mode tunnel";
    private static final List<String> COMMANDS = List.of(
            "state add src %s dst 192.0.2.77 proto esp spi 0x1234 reqid " + REQID + " mode tunnel"
                    + " aead rfc4106(gcm(aes)) 0x000102030405060708090a0b0c0d0e0f10111213 128",
            "policy add src 10.77.0.0/24 dst 10.78.0.0/24 dir out tmpl " + TEMPLATE,
            "policy add src 10.79.0.0/24 dst 10.80.0.0/24 dir out action block priority 7");

    private ForeignIpsec() {}

    /** What the gateway has from now on. */
    static Footprint install(Site site) {
        for (String command : COMMANDS) {
            String line = "ip -n " + site.gateway().name() + " xfrm " + command.formatted(site.wan());
            Command.of(line.split(" ")).run();
        }
        return Footprint.of(site.gateway());
    }
}
