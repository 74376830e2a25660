package org.ikebana.config.plan;

import static org.ikebana.config.plan.Field.of;
import static org.ikebana.config.plan.Field.time;
import static org.ikebana.config.plan.Field.word;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ikebana.config.schema.AuthKeys;
import org.ikebana.config.schema.ChildKeys;
import org.ikebana.config.schema.ChildMode;
import org.ikebana.config.schema.ConnectionKeys;
import org.ikebana.config.schema.InBandStatus;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.KeyIdentifiers;
import org.ikebana.ike.wire.ProtocolId;

/** All keys that say what a connection is like, but for those of its two sides, and of its children. */
final class Fields {
    static final List<Field<ConnectionConfig>> CONNECTION = List.of(
            new Field<>("local_addrs", c -> ValueText.addresses(c.localAddresses())),
            new Field<>("remote_addrs", c -> ValueText.addresses(c.remoteAddresses())),
            of(ConnectionKeys.LOCAL_PORT, ConnectionConfig::localPort),
            of(ConnectionKeys.REMOTE_PORT, ConnectionConfig::remotePort),
            new Field<>("proposals", c -> ValueText.proposals(ProtocolId.IKE, c.proposals())),
            time(ConnectionKeys.REKEY_TIME, ConnectionConfig::rekeyTime),
            time(ConnectionKeys.REAUTH_TIME, ConnectionConfig::reauthTime),
            time(ConnectionKeys.OVER_TIME, ConnectionConfig::overTime),
            time(ConnectionKeys.RAND_TIME, ConnectionConfig::randTime),
            time(ConnectionKeys.DPD_DELAY, ConnectionConfig::dpdDelay),
            word(ConnectionKeys.ENCAP, ConnectionConfig::forceEncap),
            word(ConnectionKeys.MOBIKE, ConnectionConfig::mobike),
            word(ConnectionKeys.FRAGMENTATION, ConnectionConfig::fragmentation),
            word(ConnectionKeys.CHILDLESS, ConnectionConfig::childless),
            new Field<>("ppk_id", c -> c.ppk().id().map(Identity::toString).orElse("")),
            word(ConnectionKeys.PPK_REQUIRED, c -> c.ppk().required()),
            of(ConnectionKeys.KEYING_TRIES, ConnectionConfig::keyingTries),
            word(ConnectionKeys.UNIQUE, ConnectionConfig::unique),
            word(ConnectionKeys.SEND_CERT, c -> c.local().publicKey().payloads()),
            word(ConnectionKeys.SEND_CERTREQ, c -> c.remote().publicKey().payloads() != CertificateSending.NEVER),
            word(ConnectionKeys.OCSP, Fields::ocsp));

    static final List<Field<AuthConfig>> SIDE = List.of(
            new Field<>("auth", ValueText::auth),
            new Field<>("id", side -> ValueText.identity(side.id())),
            new Field<>(
                    "eap_id", side -> side.eap().eapId().map(Identity::toString).orElse("")),
            new Field<>(
                    "aaa_id", side -> side.eap().aaaId().map(Identity::toString).orElse("")),
            new Field<>(
                    "certs",
                    side -> ValueText.list(
                            side.publicKey().certificates(),
                            certificate -> certificate + " ("
                                    + certificate.fingerprint().slice(0, 4) + ")")),
            new Field<>(
                    "cacerts",
                    side -> ValueText.list(
                            side.publicKey().authorities(),
                            certificate -> certificate + " ("
                                    + certificate.fingerprint().slice(0, 4) + ")")),
            new Field<>(
                    "ca_id",
                    side -> side.publicKey()
                            .authorityId()
                            .map(Identity::toString)
                            .orElse("")),
            new Field<>(
                    "pubkeys",
                    side -> ValueText.list(
                            side.publicKey().publicKeys(),
                            key -> key + " ("
                                    + HexFormat.of()
                                            .formatHex(KeyIdentifiers.of(key).ofKey(), 0, 4) + ")")),
            new Field<>(
                    "cert_policy",
                    side -> ValueText.list(
                            side.publicKey().policies().stream().sorted().toList(), policy -> policy)),
            word(AuthKeys.REVOCATION, side -> side.publicKey().revocation()));

    static final List<Field<ChildConfig>> CHILD = List.of(
            new Field<>("local_ts", c -> ValueText.selectors(c.localSelectors())),
            new Field<>("remote_ts", c -> ValueText.selectors(c.remoteSelectors())),
            new Field<>("esp_proposals", c -> ValueText.proposals(ProtocolId.ESP, c.proposals())),
            word(ChildKeys.MODE, ChildMode::of),
            word(ChildKeys.SHA256_96, ChildConfig::sha256At96),
            word(ChildKeys.POLICIES, c -> c.policies().installed()),
            word(ChildKeys.POLICIES_FWD_OUT, c -> c.policies().outboundForward()),
            time(ChildKeys.INACTIVITY, ChildConfig::inactivity),
            word(ChildKeys.START_ACTION, ChildConfig::startAction),
            new Field<>(
                    "close_action",
                    c -> later(c, "close_action", word(ChildKeys.CLOSE_ACTION, ChildConfig::closeAction))),
            new Field<>("dpd_action", c -> later(c, "dpd_action", word(ChildKeys.DPD_ACTION, ChildConfig::dpdAction))),
            time(ChildKeys.REKEY_TIME, ChildConfig::rekeyTime),
            time(ChildKeys.LIFE_TIME, c -> Duration.ofSeconds(c.lifetimes().hardSeconds())),
            time(ChildKeys.RAND_TIME, ChildConfig::randTime),
            of(ChildKeys.REKEY_BYTES, c -> c.lifetimes().softBytes()),
            of(ChildKeys.LIFE_BYTES, c -> c.lifetimes().hardBytes()),
            of(ChildKeys.RAND_BYTES, ChildConfig::randBytes),
            of(ChildKeys.REKEY_PACKETS, c -> c.lifetimes().softPackets()),
            of(ChildKeys.LIFE_PACKETS, c -> c.lifetimes().hardPackets()),
            of(ChildKeys.RAND_PACKETS, ChildConfig::randPackets),
            of(ChildKeys.REPLAY_WINDOW, ChildConfig::replayWindow),
            of(ChildKeys.TFC_PADDING, ChildConfig::tfcPadding),
            new Field<>("reqid", c -> Integer.toUnsignedString(c.reqid())),
            new Field<>("priority", c -> Integer.toUnsignedString(c.priority())),
            of(ChildKeys.MARK_IN, ChildConfig::markIn),
            word(ChildKeys.MARK_IN_SA, ChildConfig::markInSa),
            of(ChildKeys.MARK_OUT, ChildConfig::markOut),
            of(ChildKeys.SET_MARK_IN, ChildConfig::setMarkIn),
            of(ChildKeys.SET_MARK_OUT, ChildConfig::setMarkOut),
            word(ChildKeys.HW_OFFLOAD, ChildConfig::offload),
            new Field<>("if_id_in", c -> Integer.toUnsignedString(c.ifIdIn())),
            new Field<>("if_id_out", c -> Integer.toUnsignedString(c.ifIdOut())),
            new Field<>("updown", ChildConfig::updown),
            word(ChildKeys.HOSTACCESS, ChildConfig::hostAccess),
            word(ChildKeys.COPY_DF, c -> c.flags().copyDf()),
            word(ChildKeys.COPY_ECN, c -> c.flags().copyEcn()),
            word(
                    ChildKeys.COPY_DSCP,
                    c -> dscp(c.flags().copyDscpOut(), c.flags().copyDscpIn())));

    private Fields() {}

    /** Both sides' too. */
    static List<Difference> differences(ConnectionConfig before, ConnectionConfig now) {
        List<Difference> all = new ArrayList<>(Field.differences(CONNECTION, before, now, now::place));
        all.addAll(sides("local", before.local(), now.local(), now));
        all.addAll(sides("remote", before.remote(), now.remote(), now));
        return List.copyOf(all);
    }

    static List<Difference> differences(ChildConfig before, ChildConfig now) {
        return Field.differences(CHILD, before, now, now::place);
    }

    /** Round by round; one that is not there has no values. */
    private static List<Difference> sides(String side, AuthConfig before, AuthConfig now, ConnectionConfig connection) {
        List<AuthConfig> old = before.rounds();
        List<AuthConfig> fresh = now.rounds();
        List<Difference> all = new ArrayList<>();
        for (int i = 0; i < Math.max(old.size(), fresh.size()); i++) {
            String prefix = side + (i == 0 ? "." : "-" + (i + 1) + ".");
            for (Field<AuthConfig> field : SIDE) {
                String was = i < old.size() ? field.text().apply(old.get(i)) : "";
                String is = i < fresh.size() ? field.text().apply(fresh.get(i)) : "";
                if (!was.equals(is)) {
                    var place = i < fresh.size()
                            ? fresh.get(i).place(field.key()).orElse(connection.place(""))
                            : connection.place("");
                    all.add(new Difference(prefix + field.key(), was, is, place));
                }
            }
        }
        return all;
    }

    /** An action of {@code none} counts where it is written down. */
    private static String later(ChildConfig child, String key, Field<ChildConfig> field) {
        boolean isBroughtBack = child.startAction() != StartAction.NONE
                && field.text().apply(child).equals(key.equals("dpd_action") ? "clear" : "none")
                && !child.places().containsKey(key);
        return isBroughtBack ? "(not given: it is brought back)" : field.text().apply(child);
    }

    private static InBandStatus ocsp(ConnectionConfig connection) {
        boolean replies = connection.local().publicKey().inBandStatus();
        boolean requests = connection.remote().publicKey().inBandStatus();
        if (replies) {
            return requests ? InBandStatus.BOTH : InBandStatus.REPLY;
        }
        return requests ? InBandStatus.REQUEST : InBandStatus.NEVER;
    }

    private static ChildKeys.DscpCopy dscp(boolean out, boolean in) {
        if (out) {
            return in ? ChildKeys.DscpCopy.BOTH : ChildKeys.DscpCopy.OUT;
        }
        return in ? ChildKeys.DscpCopy.IN : ChildKeys.DscpCopy.NEITHER;
    }
}
