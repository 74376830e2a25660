package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;

import java.nio.file.Path;
import java.util.List;

/** The section {@code control} of {@code ikebana.conf}: how the daemon is watched and steered. */
public final class ControlKeys {
    public static final Key<Boolean> VICI_ENABLED =
            Key.of("enabled", Choice.BOOLEAN, "yes", "whether swanctl and others that speak vici are served");
    public static final Key<Path> VICI_SOCKET = derived(
            "socket",
            Texts.FILE,
            "/run/ikebana/ikebana.vici",
            "the Unix socket, for swanctl --uri unix:///run/ikebana/ikebana.vici; who may connect may do everything");
    public static final Key<String> VICI_MODE =
            derived("mode", Texts.FILE_MODE, "0660", "who may connect to it, as chmod has it");
    public static final Key<String> VICI_OWNER =
            derived("owner", Texts.TEXT, "who runs the daemon", "whose the socket is");
    public static final Key<String> VICI_GROUP =
            derived("group", Texts.TEXT, "that of who runs the daemon", "the group of the socket");
    public static final Key<String> VICI_TCP = derived(
            "tcp",
            Texts.TEXT,
            "none",
            "a further socket of this host, as in 127.0.0.1:4502, for what has no Unix sockets; every user of this host may"
                    + " connect to it");

    /** swanctl's protocol. */
    public static final SectionType VICI = SectionType.of(
            "control.vici",
            "strongSwan's vici protocol, for its swanctl and for monitoring",
            List.of(VICI_ENABLED, VICI_SOCKET, VICI_MODE, VICI_OWNER, VICI_GROUP, VICI_TCP),
            List.of());

    public static final Key<Boolean> METRICS_ENABLED =
            Key.of("enabled", Choice.BOOLEAN, "no", "whether figures are served for Prometheus, and a health check");
    public static final Key<String> METRICS_LISTEN = derived(
            "listen",
            Texts.SOCKET,
            "127.0.0.1:9405",
            "where: /metrics, /health (200 while the daemon works) and /ready (200 while all tunnels that are wanted are up); whoever"
                    + " can connect may read");

    /** Figures for Prometheus. */
    public static final SectionType METRICS = SectionType.of(
            "control.metrics",
            "figures for Prometheus over HTTP, and a health check for load balancers",
            List.of(METRICS_ENABLED, METRICS_LISTEN),
            List.of());

    public static final Key<Boolean> STATUS_PAGE_ENABLED =
            Key.of("enabled", Choice.BOOLEAN, "no", "whether a page for people is served, for a browser");
    public static final Key<String> STATUS_PAGE_LISTEN = derived(
            "listen",
            Texts.SOCKET,
            "127.0.0.1:9406",
            "where; whoever can connect may read. From elsewhere: ssh -L 9406:localhost:9406 gateway, and http://localhost:9406/");

    /** A page for people. */
    public static final SectionType STATUS_PAGE = SectionType.of(
            "control.status-page",
            "a page to be looked at with a browser: tunnels, throughput, events, and why something does not come up",
            List.of(STATUS_PAGE_ENABLED, STATUS_PAGE_LISTEN),
            List.of());

    /** All of them. */
    public static final SectionType CONTROL = SectionType.of(
            "control", "ways to watch and steer the daemon", List.of(), List.of(VICI, METRICS, STATUS_PAGE));

    private ControlKeys() {}
}
