package org.ikebana.config.schema;

import static org.ikebana.config.schema.Choice.BOOLEAN;
import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Key.of;
import static org.ikebana.config.schema.Support.IGNORED;
import static org.ikebana.config.schema.Support.REFUSED;
import static org.ikebana.config.schema.Support.WITHOUT_EFFECT;
import static org.ikebana.config.schema.Texts.TEXT;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.proposal.Proposal;

/** The keys of {@code connections.<conn>.children.<child>}. */
public final class ChildKeys {
    public static final Key<List<Proposal>> ESP_PROPOSALS =
            of("esp_proposals", CoreTypes.ESP_PROPOSALS, "default", "ESP proposals in order of preference");
    public static final Key<List<SelectorSpec>> LOCAL_TS =
            of("local_ts", CoreTypes.SELECTORS, "dynamic", "the traffic of this side: subnets, with [protocol/port]");
    public static final Key<List<SelectorSpec>> REMOTE_TS =
            of("remote_ts", CoreTypes.SELECTORS, "dynamic", "the traffic of the peer's side, like local_ts");
    public static final Key<Duration> REKEY_TIME =
            of("rekey_time", Numbers.TIME, "1h", "age at which the child SA gets new keys, 0 for never");
    public static final Key<Duration> LIFE_TIME =
            derived("life_time", Numbers.TIME, "110% of rekey_time", "age at which the child SA ends, 0 for never");
    public static final Key<Duration> RAND_TIME = derived(
            "rand_time",
            Numbers.TIME,
            "life_time - rekey_time, at most half of rekey_time",
            "a random time up to this is taken off rekey_time");
    public static final Key<Long> REKEY_BYTES = of(
            "rekey_bytes", Numbers.VOLUME, "0", "octets after which the child SA gets new keys, 0 for no such limit");
    public static final Key<Long> LIFE_BYTES =
            derived("life_bytes", Numbers.VOLUME, "110% of rekey_bytes", "octets after which the child SA ends");
    public static final Key<Long> RAND_BYTES = derived(
            "rand_bytes",
            Numbers.VOLUME,
            "life_bytes - rekey_bytes, at most half of rekey_bytes",
            "a random number up to this is taken off rekey_bytes");
    public static final Key<Long> REKEY_PACKETS = of(
            "rekey_packets", Numbers.COUNT, "0", "packets after which the child SA gets new keys, 0 for no such limit");
    public static final Key<Long> LIFE_PACKETS =
            derived("life_packets", Numbers.COUNT, "110% of rekey_packets", "packets after which the child SA ends");
    public static final Key<Long> RAND_PACKETS = derived(
            "rand_packets",
            Numbers.COUNT,
            "life_packets - rekey_packets, at most half of rekey_packets",
            "a random number up to this is taken off rekey_packets");
    public static final Key<ChildMode> MODE = of(
            "mode",
            Choice.<ChildMode>none()
                    .word("tunnel", ChildMode.TUNNEL)
                    .word("transport", ChildMode.TRANSPORT)
                    .word("beet", ChildMode.BEET)
                    .word("pass", ChildMode.PASS)
                    .word("drop", ChildMode.DROP)
                    .notYet("transport_proxy")
                    .notYet("iptfs"),
            "tunnel",
            "how packets are wrapped; or that they pass as they are, before all tunnels, or are dropped, where no tunnel takes"
                    + " them: policies alone, which stand with start_action = trap");
    public static final Key<Boolean> POLICIES = of(
            "policies",
            BOOLEAN,
            "yes",
            "whether its SAs come with policies; without, nothing leads traffic into them but what others install");
    public static final Key<Boolean> POLICIES_FWD_OUT = of(
            "policies_fwd_out",
            BOOLEAN,
            "no",
            "whether what is forwarded into the tunnel has a policy that lets it pass, for hosts with a policy that drops"
                    + " forwarded traffic");
    public static final Key<Boolean> HOSTACCESS = of(
            "hostaccess",
            BOOLEAN,
            "no",
            "whether the updown script is told PLUTO_HOST_ACCESS=1, to let this host itself in");
    public static final Key<Boolean> MARK_IN_SA = of(
            "mark_in_sa",
            BOOLEAN,
            "no",
            "whether packets need mark_in before decryption, too: it is set on the incoming SA");
    public static final Key<Duration> INACTIVITY = of(
            "inactivity",
            Numbers.TIME,
            "0s",
            "close it when nothing has gone through it for so long, until there is traffic again; 0 for never");
    public static final Key<Boolean> SHA256_96 = of(
            "sha256_96",
            BOOLEAN,
            "no",
            "truncate HMAC-SHA-256 to 96 bits, against RFC 4868, for a peer that does so; both sides must");
    public static final Key<StartAction> DPD_ACTION = of(
            "dpd_action",
            Choice.<StartAction>none()
                    .word("clear", StartAction.NONE)
                    .word("trap", StartAction.TRAP)
                    .word("restart", StartAction.START)
                    .synonym("none", StartAction.NONE)
                    .synonym("start", StartAction.START),
            "clear",
            "what happens when the peer is dead");
    public static final Key<Integer> REQID =
            of("reqid", Numbers.UNSIGNED, "0", "fixed reqid of its policies and SAs, 0 to have one assigned");
    public static final Key<Integer> PRIORITY = of(
            "priority",
            Numbers.UNSIGNED,
            "0",
            "fixed priority of its policies, 0 to have it derived from the selectors");
    public static final Key<Mark> MARK_IN =
            of("mark_in", Numbers.MARK, "0/0x00000000", "mark and mask of incoming packets");
    public static final Key<Mark> MARK_OUT =
            of("mark_out", Numbers.MARK, "0/0x00000000", "mark and mask of outgoing packets");
    public static final Key<SetMark> SET_MARK_IN = of(
            "set_mark_in",
            Numbers.SET_MARK,
            "0/0x00000000",
            "mark to set on packets after decryption; %same: that of mark_in; for kernel = xfrm");
    public static final Key<SetMark> SET_MARK_OUT = of(
            "set_mark_out",
            Numbers.SET_MARK,
            "0/0x00000000",
            "mark to set on packets after encryption; %same: that of mark_out; for kernel = xfrm");
    public static final Key<Optional<SaOptions.Offload>> HW_OFFLOAD = of(
            "hw_offload",
            Choice.<Optional<SaOptions.Offload>>none()
                    .word("no", Optional.empty())
                    .word("auto", offload(false))
                    .word("yes", offload(true))
                    .synonym("crypto", offload(true))
                    .notYet("packet"),
            "no",
            "let the network card encrypt, where it can or come what may; for kernel = xfrm");
    public static final Key<String> UPDOWN = derived(
            "updown",
            TEXT,
            "none",
            "command of a shell that is run when it comes up or goes down, with strongSwan's variables PLUTO_*; for no longer than"
                    + " 10 s");
    public static final Key<Integer> IF_ID_IN = derived(
            "if_id_in", Numbers.INTERFACE_ID, "the connection's if_id_in", "XFRM interface of incoming packets");
    public static final Key<Integer> IF_ID_OUT = derived(
            "if_id_out", Numbers.INTERFACE_ID, "the connection's if_id_out", "XFRM interface of outgoing packets");
    public static final Key<Integer> REPLAY_WINDOW = of(
            "replay_window",
            Numbers.range("packets", 0, 4096),
            "32",
            "width of the replay window, 0 for no protection");
    public static final Key<Integer> TFC_PADDING =
            of("tfc_padding", Numbers.PADDING, "0", "octets that shorter packets are padded to, or mtu");
    public static final Key<Boolean> COPY_DF = of("copy_df", BOOLEAN, "yes", "copy the DF bit to the outer header");
    public static final Key<Boolean> COPY_ECN = of("copy_ecn", BOOLEAN, "yes", "copy the ECN bits in and out");
    public static final Key<DscpCopy> COPY_DSCP = of(
            "copy_dscp",
            Choice.<DscpCopy>none()
                    .word("out", DscpCopy.OUT)
                    .word("in", DscpCopy.IN)
                    .word("yes", DscpCopy.BOTH)
                    .word("no", DscpCopy.NEITHER),
            "out",
            "copy the DSCP to the outer header, back from it, both or neither");
    public static final Key<StartAction> START_ACTION = action("start_action", "what happens when it is loaded");
    public static final Key<StartAction> CLOSE_ACTION = action("close_action", "what happens when the peer closes it");

    private static final String LABELS = "remove it if the traffic needs no security label";

    static final List<Key<?>> ALL = List.of(
            derived("ah_proposals", TEXT, "", "AH proposals").with(REFUSED, "write esp_proposals"),
            ESP_PROPOSALS,
            SHA256_96,
            LOCAL_TS,
            REMOTE_TS,
            REKEY_TIME,
            LIFE_TIME,
            RAND_TIME,
            REKEY_BYTES,
            LIFE_BYTES,
            RAND_BYTES,
            REKEY_PACKETS,
            LIFE_PACKETS,
            RAND_PACKETS,
            UPDOWN,
            HOSTACCESS,
            MODE,
            POLICIES,
            POLICIES_FWD_OUT,
            DPD_ACTION,
            of("ipcomp", BOOLEAN, "no", "compress before encryption").with(IGNORED, "packets are not compressed"),
            INACTIVITY,
            REQID,
            PRIORITY,
            derived("interface", TEXT, "", "restrict outgoing policies to an interface")
                    .with(REFUSED, "remove it, or use if_id_out and an XFRM interface"),
            MARK_IN,
            MARK_IN_SA,
            MARK_OUT,
            SET_MARK_IN,
            SET_MARK_OUT,
            IF_ID_IN,
            IF_ID_OUT,
            derived("label", TEXT, "", "security label").with(REFUSED, LABELS),
            of("label_mode", TEXT, "system", "how the label is used").with(WITHOUT_EFFECT, "there is no label for it"),
            TFC_PADDING,
            REPLAY_WINDOW,
            of("per_cpu_sas", TEXT, "no", "an SA for each CPU (RFC 9611)").with(IGNORED, "one SA serves all CPUs"),
            HW_OFFLOAD,
            COPY_DF,
            COPY_ECN,
            COPY_DSCP,
            START_ACTION,
            CLOSE_ACTION);

    private ChildKeys() {}

    /** Which way the DSCP is copied. */
    public enum DscpCopy {
        OUT,
        IN,
        BOTH,
        NEITHER
    }

    private static Optional<SaOptions.Offload> offload(boolean isRequired) {
        return Optional.of(
                new SaOptions.Offload(SaOptions.Offload.OF_ADDRESS, SaOptions.Offload.Kind.CRYPTO, isRequired));
    }

    private static Key<StartAction> action(String name, String meaning) {
        Choice<StartAction> actions = Choice.<StartAction>none()
                .word("none", StartAction.NONE)
                .word("trap", StartAction.TRAP)
                .word("start", StartAction.START)
                .word("trap|start", StartAction.TRAP_AND_START)
                .synonym("start|trap", StartAction.TRAP_AND_START)
                .synonym("clear", StartAction.NONE)
                .synonym("route", StartAction.TRAP)
                .synonym("restart", StartAction.START);
        return of(name, actions, "none", meaning);
    }
}
