package org.ikebana.config.schema;

import static org.ikebana.config.schema.Choice.BOOLEAN;
import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Key.of;
import static org.ikebana.config.schema.Support.IGNORED;
import static org.ikebana.config.schema.Support.IKEV1_ONLY;
import static org.ikebana.config.schema.Support.REFUSED;
import static org.ikebana.config.schema.Texts.TEXT;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.proposal.Proposal;

/** The keys of {@code connections.<conn>}. */
public final class ConnectionKeys {
    public static final Key<Integer> VERSION = of(
            "version",
            Choice.<Integer>none().word("2", 2).synonym("0", 2).notYet("1"),
            "2",
            "IKE version; strongSwan's 0 means 2 here");
    public static final Key<List<AddressSpec>> LOCAL_ADDRS =
            of("local_addrs", Addresses.LIST, "%any", "own addresses; the first single one is used to start");
    public static final Key<List<AddressSpec>> REMOTE_ADDRS =
            of("remote_addrs", Addresses.LIST, "%any", "the peer's addresses; the first single one or name is called");
    public static final Key<Integer> LOCAL_PORT = of("local_port", Numbers.PORT, "500", "own UDP port for IKE");
    public static final Key<Integer> REMOTE_PORT =
            of("remote_port", Numbers.PORT, "500", "the peer's UDP port for IKE");
    public static final Key<List<Proposal>> PROPOSALS =
            of("proposals", CoreTypes.IKE_PROPOSALS, "default", "IKE proposals in order of preference");
    public static final Key<Duration> REAUTH_TIME = of(
            "reauth_time",
            Numbers.TIME,
            "0s",
            "age at which both sides authenticate anew, by another IKE SA beside the old one, 0 for never");
    public static final Key<Duration> REKEY_TIME = derived(
            "rekey_time", Numbers.TIME, "4h; 0 with reauth_time", "age at which the IKE SA gets new keys, 0 for never");
    public static final Key<Duration> OVER_TIME = derived(
            "over_time",
            Numbers.TIME,
            "10% of the longer of rekey_time and reauth_time",
            "after the shorter of the two, how long until the IKE SA is closed");
    public static final Key<Duration> RAND_TIME = derived(
            "rand_time",
            Numbers.TIME,
            "over_time, at most half of the shorter of rekey_time and reauth_time",
            "a random time up to this is taken off rekey_time and reauth_time");
    public static final Key<Duration> DPD_DELAY =
            of("dpd_delay", Numbers.TIME, "0s", "silence after which the peer is asked if it lives, 0 for never");
    public static final Key<Boolean> ENCAP = of("encap", BOOLEAN, "no", "ESP in UDP even if there is no NAT");
    public static final Key<Boolean> MOBIKE = of("mobike", BOOLEAN, "yes", "addresses may change (RFC 4555)");
    public static final Key<Fragmentation> FRAGMENTATION = of(
            "fragmentation",
            Choice.<Fragmentation>none()
                    .word("yes", Fragmentation.YES)
                    .word("accept", Fragmentation.ACCEPT)
                    .word("force", Fragmentation.FORCE)
                    .word("no", Fragmentation.NO),
            "yes",
            "IKE fragmentation (RFC 7383): send fragments, only accept them, or neither");
    public static final Key<Childless> CHILDLESS = of(
            "childless",
            Choice.<Childless>none()
                    .word("allow", Childless.ALLOW)
                    .word("prefer", Childless.PREFER)
                    .word("force", Childless.FORCE)
                    .word("never", Childless.NEVER),
            "allow",
            "IKE SAs that begin without a child SA (RFC 6023): accept them, begin so too, take no others, or none");
    public static final Key<Identity> PPK_ID = derived(
            "ppk_id",
            CoreTypes.IDENTITY,
            "",
            "the post-quantum preshared key (RFC 8784) to use with the peer, and the only one to take from it");
    public static final Key<Boolean> PPK_REQUIRED =
            of("ppk_required", BOOLEAN, "no", "refuse peers without a post-quantum preshared key");
    public static final Key<Integer> KEYING_TRIES = of(
            "keyingtries",
            Numbers.range("number", 0, 1000),
            "0",
            "attempts to bring a child up, after which it waits for a packet or a command; 0 to go on for ever");
    public static final Key<UniquePolicy> UNIQUE = of(
            "unique",
            Choice.<UniquePolicy>none()
                    .word("no", UniquePolicy.NO)
                    .word("never", UniquePolicy.NEVER)
                    .word("keep", UniquePolicy.KEEP)
                    .word("replace", UniquePolicy.REPLACE),
            "no",
            "what becomes of other IKE SAs with the same peer");
    public static final Key<Integer> IF_ID_IN =
            of("if_id_in", Numbers.INTERFACE_ID, "0", "default of the children's if_id_in");
    public static final Key<Integer> IF_ID_OUT =
            of("if_id_out", Numbers.INTERFACE_ID, "0", "default of the children's if_id_out");

    public static final Key<Boolean> SEND_CERTREQ = of("send_certreq", BOOLEAN, "yes", "ask for certificates");
    public static final Key<InBandStatus> OCSP = of(
            "ocsp",
            Choice.<InBandStatus>none()
                    .word("reply", InBandStatus.REPLY)
                    .word("request", InBandStatus.REQUEST)
                    .word("both", InBandStatus.BOTH)
                    .word("never", InBandStatus.NEVER),
            "reply",
            "whether OCSP responses are sent with our certificate where the peer asks, and asked for (RFC 4806)");
    public static final Key<CertificateSending> SEND_CERT = of(
            "send_cert",
            Choice.<CertificateSending>none()
                    .word("ifasked", CertificateSending.IF_ASKED)
                    .word("always", CertificateSending.ALWAYS)
                    .word("never", CertificateSending.NEVER)
                    .synonym("yes", CertificateSending.ALWAYS)
                    .synonym("no", CertificateSending.NEVER),
            "ifasked",
            "when to send certificates");

    private static final String NO_MEDIATION = "remove it, and give the peer's address in remote_addrs";

    static final List<Key<?>> ALL = List.of(
            VERSION,
            LOCAL_ADDRS,
            REMOTE_ADDRS,
            LOCAL_PORT,
            REMOTE_PORT,
            PROPOSALS,
            derived("vips", TEXT, "", "virtual addresses to ask for")
                    .with(REFUSED, "remove it, and give the addresses in local_ts"),
            of("aggressive", BOOLEAN, "no", "Aggressive Mode").with(IKEV1_ONLY, "no IKEv1"),
            of("pull", BOOLEAN, "yes", "Mode Config asks rather than waits").with(IKEV1_ONLY, "no IKEv1"),
            of("dscp", TEXT, "000000", "code point of outgoing IKE packets, six binary digits")
                    .with(IGNORED, "IKE packets go out with code point 000000"),
            ENCAP,
            MOBIKE,
            DPD_DELAY,
            of("dpd_timeout", Numbers.TIME, "0s", "silence after which the peer counts as dead")
                    .with(IKEV1_ONLY, "no IKEv1"),
            FRAGMENTATION,
            CHILDLESS,
            SEND_CERTREQ,
            SEND_CERT,
            PPK_ID,
            PPK_REQUIRED,
            KEYING_TRIES,
            UNIQUE,
            REAUTH_TIME,
            REKEY_TIME,
            OVER_TIME,
            RAND_TIME,
            derived("pools", TEXT, "", "pools of virtual addresses to give out")
                    .with(REFUSED, "remove it; no peer would get an address"),
            IF_ID_IN,
            IF_ID_OUT,
            OCSP,
            of("mediation", BOOLEAN, "no", "whether this connection mediates others")
                    .with(REFUSED, NO_MEDIATION),
            derived("mediated_by", TEXT, "", "the connection that mediates this one")
                    .with(REFUSED, NO_MEDIATION),
            derived("mediation_peer", TEXT, "", "the peer's identity towards the mediator")
                    .with(REFUSED, NO_MEDIATION));

    private ConnectionKeys() {}
}
