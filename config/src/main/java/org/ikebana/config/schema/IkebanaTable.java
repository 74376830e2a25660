package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.of;

import java.time.Duration;
import java.util.List;
import org.slf4j.event.Level;

/** All of {@code ikebana.conf}. Names and defaults are those of {@code strongswan.conf} where it has such a key. */
public final class IkebanaTable {
    public static final Key<String> KERNEL = of(
            "kernel",
            Choice.<String>none().word("auto", "auto").word("xfrm", "xfrm").word("memory", "memory"),
            "auto",
            "where SAs and policies are installed; memory is for trials and protects nothing");
    public static final Key<Level> LOG_LEVEL = of(
            "log_level",
            Choice.<Level>none()
                    .word("error", Level.ERROR)
                    .word("warn", Level.WARN)
                    .word("info", Level.INFO)
                    .word("debug", Level.DEBUG)
                    .word("trace", Level.TRACE),
            "info",
            "how much is logged");
    public static final Key<Integer> PORT = of("port", Numbers.range("port", 1, 65535), "500", "UDP port for IKE");
    public static final Key<Integer> PORT_NAT_T =
            of("port_nat_t", Numbers.range("port", 1, 65535), "4500", "UDP port for IKE and ESP behind a NAT");
    public static final Key<Duration> RETRANSMIT_TIMEOUT =
            of("retransmit_timeout", Numbers.FRACTIONAL_TIME, "4.0", "seconds before the first retransmission");
    public static final Key<Double> RETRANSMIT_BASE =
            of("retransmit_base", Numbers.FACTOR, "1.8", "each further wait is longer by this factor");
    public static final Key<Integer> RETRANSMIT_TRIES = of(
            "retransmit_tries", Numbers.range("number", 0, 100), "5", "retransmissions until the peer counts as dead");
    public static final Key<Integer> RETRANSMIT_JITTER =
            of("retransmit_jitter", Numbers.range("percent", 0, 20), "0", "part of a wait that is randomly taken off");
    public static final Key<Duration> HALF_OPEN_TIMEOUT =
            of("half_open_timeout", Numbers.TIME, "30s", "how long an IKE SA may stay unauthenticated");
    public static final Key<Integer> COOKIE_THRESHOLD = of(
            "cookie_threshold", Numbers.LIMIT, "30", "half-open IKE SAs from which cookies are asked for, 0 for never");
    public static final Key<Integer> COOKIE_THRESHOLD_IP =
            of("cookie_threshold_ip", Numbers.LIMIT, "3", "the same for those of one address");
    public static final Key<Integer> BLOCK_THRESHOLD = of(
            "block_threshold",
            Numbers.LIMIT,
            "5",
            "half-open IKE SAs of one address from which it is ignored, 0 for never");
    public static final Key<Integer> INIT_LIMIT_HALF_OPEN = of(
            "init_limit_half_open",
            Numbers.LIMIT,
            "0",
            "half-open IKE SAs from which new peers are ignored, 0 for never");
    public static final Key<Duration> KEEP_ALIVE =
            of("keep_alive", Numbers.TIME, "20s", "between packets that keep a NAT's mapping alive, 0 for none");

    /** The root. */
    public static final SectionType ROOT = SectionType.of(
            "",
            "ikebana.conf",
            List.of(
                    KERNEL,
                    LOG_LEVEL,
                    PORT,
                    PORT_NAT_T,
                    RETRANSMIT_TIMEOUT,
                    RETRANSMIT_BASE,
                    RETRANSMIT_TRIES,
                    RETRANSMIT_JITTER,
                    HALF_OPEN_TIMEOUT,
                    COOKIE_THRESHOLD,
                    COOKIE_THRESHOLD_IP,
                    BLOCK_THRESHOLD,
                    INIT_LIMIT_HALF_OPEN,
                    KEEP_ALIVE),
            List.of());

    private IkebanaTable() {}
}
