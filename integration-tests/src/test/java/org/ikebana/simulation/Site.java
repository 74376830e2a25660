package org.ikebana.simulation;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.wire.ProtocolId;

/** One end of a site-to-site connection, as a test writes it down. */
record Site(
        String local,
        String remote,
        String localId,
        String remoteId,
        String localNet,
        String remoteNet,
        String ike,
        String esp,
        StartAction start,
        boolean forceEncap,
        boolean mobike,
        Duration dpdDelay,
        Fragmentation fragmentation,
        UniquePolicy unique) {

    private static final String ANY = "%any";

    static Site of(String local, String remote, String localNet, String remoteNet) {
        return new Site(
                local,
                remote,
                local,
                remote,
                localNet,
                remoteNet,
                "aes256gcm16-prfsha256-x25519",
                "aes256gcm16",
                StartAction.NONE,
                false,
                false,
                Duration.ZERO,
                Fragmentation.YES,
                UniquePolicy.NO);
    }

    Site starting(StartAction action) {
        return new Site(
                local,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ike,
                esp,
                action,
                forceEncap,
                mobike,
                dpdDelay,
                fragmentation,
                unique);
    }

    Site proposing(String ikeProposals, String espProposals) {
        return new Site(
                local,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ikeProposals,
                espProposals,
                start,
                forceEncap,
                mobike,
                dpdDelay,
                fragmentation,
                unique);
    }

    /** At whatever address it has. */
    Site everywhere() {
        return new Site(
                ANY,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ike,
                esp,
                start,
                forceEncap,
                mobike,
                dpdDelay,
                fragmentation,
                unique);
    }

    /** Its addresses may change (RFC 4555). */
    Site mobile() {
        return new Site(
                local,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ike,
                esp,
                start,
                forceEncap,
                true,
                dpdDelay,
                fragmentation,
                unique);
    }

    Site checkingEvery(Duration delay) {
        return new Site(
                local,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ike,
                esp,
                start,
                forceEncap,
                mobike,
                delay,
                fragmentation,
                unique);
    }

    Site encapsulating() {
        return new Site(
                local,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ike,
                esp,
                start,
                true,
                mobike,
                dpdDelay,
                fragmentation);
    }

    Site fragmenting(Fragmentation how) {
        return new Site(
                local,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ike,
                esp,
                start,
                forceEncap,
                mobike,
                dpdDelay,
                how,
                unique);
    }

    Site unique(UniquePolicy policy) {
        return new Site(
                local,
                remote,
                localId,
                remoteId,
                localNet,
                remoteNet,
                ike,
                esp,
                start,
                forceEncap,
                mobike,
                dpdDelay,
                fragmentation,
                policy);
    }

    Site identified(String ours, String theirs) {
        return new Site(
                local,
                remote,
                ours,
                theirs,
                localNet,
                remoteNet,
                ike,
                esp,
                start,
                forceEncap,
                mobike,
                dpdDelay,
                fragmentation,
                unique);
    }

    ConnectionConfig connection() throws Exception {
        return connection(child("net", localNet, remoteNet));
    }

    ConnectionConfig connection(ChildConfig... children) throws Exception {
        return new ConnectionConfig(
                "site",
                local.equals(ANY)
                        ? List.of(new AddressSpec.Any())
                        : List.of(new AddressSpec.Exact(InetAddress.getByName(local))),
                List.of(new AddressSpec.Exact(InetAddress.getByName(remote))),
                500,
                500,
                ProposalSyntax.parseList(ProtocolId.IKE, ike),
                Duration.ofHours(4),
                Duration.ofMinutes(24),
                Duration.ZERO,
                dpdDelay,
                forceEncap,
                mobike,
                fragmentation,
                1,
                unique,
                new AuthConfig(AuthConfig.Method.PSK, Identity.parse(localId)),
                new AuthConfig(AuthConfig.Method.PSK, Identity.parse(remoteId)),
                List.of(children),
                Map.of());
    }

    ChildConfig child(String name, String childLocalNet, String childRemoteNet) throws Exception {
        return new ChildConfig(
                name,
                List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(childLocalNet))),
                List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(childRemoteNet))),
                ProposalSyntax.parseList(ProtocolId.ESP, esp),
                SaMode.TUNNEL,
                start,
                StartAction.NONE,
                StartAction.NONE,
                Duration.ofHours(1),
                Duration.ZERO,
                Lifetimes.NONE,
                32,
                0,
                0,
                Mark.NONE,
                Mark.NONE,
                0,
                0,
                SaFlags.DEFAULT,
                Map.of());
    }

    static SharedKey secret(String text) {
        return new SharedKey("ike-test", List.of(), Secret.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
