package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Key.of;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** All of {@code ikebana.conf}. Names and defaults are those of {@code strongswan.conf} where it has such a key. */
public final class IkebanaTable {
    public static final Key<String> KERNEL = of(
            "kernel",
            Choice.<String>none()
                    .word("auto", "auto")
                    .word("xfrm", "xfrm")
                    .word("tun", "tun")
                    .word("memory", "memory"),
            "auto",
            "what protects packets: the kernel (xfrm), this program over a TUN device (tun), auto for the first of these"
                    + " that can; memory is for trials and protects nothing");
    public static final Key<String> CRYPTO = of(
            "crypto",
            Choice.<String>none()
                    .word("auto", "auto")
                    .word("standard", "standard")
                    .word("conscrypt", "conscrypt"),
            "auto",
            "whose key exchanges and signatures are taken: those of a native library (conscrypt), which are faster, those that"
                    + " need none (standard), or auto for the first of these that is installed and works");
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
    public static final Key<Boolean> DOS_PROTECTION = of(
            "dos_protection",
            Choice.BOOLEAN,
            "yes",
            "whether the next three are in effect, which keep a flood of new peers in bounds");
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
    public static final Key<Integer> INIT_LIMIT_JOB_LOAD = of(
            "init_limit_job_load",
            Numbers.LIMIT,
            "0",
            "datagrams that wait to be looked at from which new peers are ignored, 0 for never");
    public static final Key<Integer> CREATE_CHILD_LIMIT = of(
            "create_child_limit",
            Numbers.LIMIT,
            "20",
            "requests for child SAs and rekeys that a peer may make a second, 600 at once; 0 for no limit");
    public static final Key<Integer> REQUEST_LIMIT = of(
            "request_limit",
            Numbers.LIMIT,
            "100",
            "requests of any kind that a peer may make a second, 1000 at once; 0 for no limit");
    public static final Key<Integer> REPEATED_REPLY_LIMIT = of(
            "repeated_reply_limit",
            Numbers.LIMIT,
            "10",
            "replies a second of one IKE SA that are said again where a request is repeated, 20 at once; 0 for no limit");
    public static final Key<Duration> KEEP_ALIVE =
            of("keep_alive", Numbers.TIME, "20s", "between packets that keep a NAT's mapping alive, 0 for none");

    public static final Key<Path> STATE_DIR =
            of("state_dir", Texts.FOLDER, "/var/lib/ikebana", "folder of the daemon's own, for what must outlive it");
    public static final Key<Boolean> QUICK_CRASH_DETECTION = of(
            "quick_crash_detection",
            Choice.BOOLEAN,
            "yes",
            "tell peers how to know that this daemon was started anew, and believe theirs (RFC 6290); no where several"
                    + " daemons share an address and a state_dir");

    public static final Key<String> TUN_NAME = derived(
            "name", Texts.DEVICE, "ikebana%d", "name of the device, %d standing for the first number that is free");
    public static final Key<Integer> TUN_MTU =
            derived("mtu", Numbers.range("mtu", 1280, 65_535), "1400", "the longest packet that goes into the device");
    public static final Key<Integer> TUN_TABLE = derived(
            "table",
            Numbers.ROUTING_TABLE,
            "220",
            "routing table of the routes into the device, and preference of the rules that lead there");
    public static final Key<Integer> TUN_MARK = derived(
            "mark",
            Numbers.range("number", 1, Integer.MAX_VALUE),
            "0x1bea",
            "mark of Ikebana's own packets, which keeps them out of the device");
    public static final Key<Integer> TUN_WORKERS = derived(
            "workers", Numbers.range("number", 1, 64), "one a CPU", "threads that encrypt, and as many that decrypt");

    /** Options of the backend {@code tun}. */
    public static final SectionType TUN = SectionType.of(
            "tun",
            "options of kernel = tun, and of auto where that takes tun",
            List.of(TUN_NAME, TUN_MTU, TUN_TABLE, TUN_MARK, TUN_WORKERS),
            List.of());

    public static final Key<Boolean> XFRM_ROUTES = derived(
            "routes",
            Choice.BOOLEAN,
            "no",
            "for each tunnel a route with a source address that its policy covers, so that what this host itself sends is"
                    + " protected too; goes with the tunnel");
    public static final Key<Integer> XFRM_TABLE = derived(
            "table",
            Numbers.ROUTING_TABLE,
            "220",
            "routing table of these routes, and preference of the rules that lead there");
    public static final Key<String> XFRM_INTERFACE = derived(
            "interface",
            Texts.DEVICE,
            "none",
            "name of the XFRM interfaces that are made for children with if_id_in and if_id_out, %d standing for the id, with"
                    + " routes into them and an MTU that fits; they go with the tunnels. Without it they are yours to make");

    public static final Key<Integer> INTERFACE_IF_ID = derived(
            "if_id", Numbers.INTERFACE_ID, "", "the if_id_in and if_id_out of the children whose tunnels it is for");
    public static final Key<List<String>> INTERFACE_ADDRESSES = derived(
            "addresses",
            Addresses.OF_INTERFACE,
            "none",
            "addresses that it is given, for a routing daemon as an example");

    /** An XFRM interface that is asked for by name. */
    public static final SectionType XFRM_NAMED_INTERFACE = SectionType.of(
            "xfrm.interfaces.<name>",
            "an XFRM interface with this name; made with the tunnels of its if_id, and gone with them",
            List.of(INTERFACE_IF_ID, INTERFACE_ADDRESSES),
            List.of());

    static final SectionType XFRM_INTERFACES =
            SectionType.of("xfrm.interfaces", "all of them", List.of(), List.of(XFRM_NAMED_INTERFACE));

    /** Options of the backend {@code xfrm}. */
    public static final SectionType XFRM = SectionType.of(
            "xfrm",
            "options of kernel = xfrm, and of auto where that takes xfrm",
            List.of(XFRM_ROUTES, XFRM_TABLE, XFRM_INTERFACE),
            List.of(XFRM_INTERFACES));

    public static final Key<Integer> FRAGMENT_SIZE = of(
            "fragment_size",
            Numbers.range("datagram", 0, 65535),
            "1280",
            "largest IP datagram for IKE where the peer takes fragments (RFC 7383), 0 for 576 or with IPv6 1280");

    public static final Key<Boolean> PPK_INTERMEDIATE = of(
            "ppk_intermediate",
            Choice.BOOLEAN,
            "yes",
            "post-quantum preshared keys protect the whole of IKE_AUTH where the peer can do that (RFC 9867), else what"
                    + " follows it (RFC 8784); no for always the latter");

    public static final Key<Boolean> ANNOUNCE_AUTH_METHODS = of(
            "announce_auth_methods",
            Choice.BOOLEAN,
            "yes",
            "tell peers how they can authenticate to us, and heed what they tell (RFC 9593); no for neither");

    public static final Key<Path> MODULE_PATH =
            derived("path", Texts.FILE, "", "the library that its maker gives, with its whole path");

    /** One library for tokens. */
    public static final SectionType MODULE =
            SectionType.of("pkcs11.modules.<name>", "a PKCS #11 module for tokens", List.of(MODULE_PATH), List.of());

    static final SectionType MODULES = SectionType.of("pkcs11.modules", "all of them", List.of(), List.of(MODULE));

    /** What concerns tokens. */
    public static final SectionType PKCS11 = SectionType.of("pkcs11", "tokens", List.of(), List.of(MODULES));

    public static final Key<Duration> EXPIRY_WARNING = of(
            "expiry_warning",
            Numbers.TIME,
            "30d",
            "how long before the end of a certificate of ours or of a CA a line of the log warns of it, once a day; 0 for"
                    + " never");

    /** There is one way so far; who has asked strongSwan for another one is to hear of it. */
    static final Key<Boolean> RDN_MATCHING = of(
            "rdn_matching",
            Choice.<Boolean>none().word("strict", true).notYet("reordered").notYet("relaxed"),
            "strict",
            "how distinguished names are compared with an identity: one RDN after the other, in the same order");

    /** The root. */
    public static final SectionType ROOT = SectionType.of(
            "",
            "ikebana.conf",
            List.of(
                    KERNEL,
                    CRYPTO,
                    LogKeys.LOG_LEVEL,
                    LogKeys.LOG_CONTEXT,
                    PORT,
                    PORT_NAT_T,
                    RETRANSMIT_TIMEOUT,
                    RETRANSMIT_BASE,
                    RETRANSMIT_TRIES,
                    RETRANSMIT_JITTER,
                    HALF_OPEN_TIMEOUT,
                    DOS_PROTECTION,
                    COOKIE_THRESHOLD,
                    COOKIE_THRESHOLD_IP,
                    BLOCK_THRESHOLD,
                    INIT_LIMIT_HALF_OPEN,
                    INIT_LIMIT_JOB_LOAD,
                    CREATE_CHILD_LIMIT,
                    REQUEST_LIMIT,
                    REPEATED_REPLY_LIMIT,
                    KEEP_ALIVE,
                    FRAGMENT_SIZE,
                    PPK_INTERMEDIATE,
                    ANNOUNCE_AUTH_METHODS,
                    STATE_DIR,
                    QUICK_CRASH_DETECTION,
                    EXPIRY_WARNING,
                    RDN_MATCHING),
            List.of(LogKeys.LOG_LEVELS, TUN, XFRM, PKCS11, ControlKeys.CONTROL));

    private IkebanaTable() {}
}
