package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.eap.EapException;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.eap.EapPeer;
import org.ikebana.ike.eap.EapServer;
import org.ikebana.ike.eap.MsChapV2Peer;
import org.ikebana.ike.eap.MsChapV2Server;
import org.ikebana.ike.eap.PeerMethod;
import org.ikebana.ike.eap.ServerMethod;
import org.ikebana.ike.eap.TlsParty;
import org.ikebana.ike.eap.TlsPeer;
import org.ikebana.ike.eap.TlsServer;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.CertPayload;

/** Begins EAP with what the configuration has for it: passwords, keys, and who the other side must be. */
public record EapConversations(CryptoRegistry crypto, Environment environment, CredentialStore credentials) {
    /**
     * An initiator's.
     *
     * @param own its identity in IKE
     * @throws ExchangeException where there is nothing to log in with
     */
    EapPeer peer(ConnectionConfig round, Identity own) throws ExchangeException {
        AuthConfig local = round.local();
        Identity name = local.eap().eapId().orElse(own);
        List<EapMethod> usable = allowed(local, round.remote()).stream()
                .filter(method -> isUsable(method, local, name))
                .toList();
        if (usable.isEmpty()) {
            throw refused(
                    "there is nothing to log in with as " + name + " by "
                            + local.eap().methods() + "; add a section secrets.eap with id = " + name
                            + ", or a certificate with its private key",
                    round);
        }
        return new EapPeer(name, usable, (method, user) -> open(method, round, user));
    }

    /**
     * A responder's.
     *
     * @param own its identity in IKE
     * @param peer the initiator's, not proved yet
     * @throws ExchangeException where no method can be done
     */
    EapServer server(ConnectionConfig round, Identity own, Identity peer) throws ExchangeException {
        List<EapMethod> usable = allowed(round.remote(), round.local()).stream()
                .filter(method -> method == EapMethod.MSCHAPV2 || hasKey(round.local(), own))
                .toList();
        if (allowed(round.remote(), round.local()).isEmpty()) {
            throw refused(
                    "of the EAP methods that remote.auth allows none may be the only proof of this side (RFC 5998 4);"
                            + " set local.auth = pubkey, or both to eap-tls",
                    round);
        }
        if (usable.isEmpty()) {
            throw refused(
                    "there is no certificate with a private key for " + own
                            + ", which eap-tls needs on this side, too; name one in local.certs",
                    round);
        }
        return new EapServer(
                usable,
                round.remote().eap().eapId(),
                peer,
                environment.random().nextInt(),
                (method, user) -> open(method, round, own, user));
    }

    /** @param responder who may be proved by EAP alone */
    private static List<EapMethod> allowed(AuthConfig initiator, AuthConfig responder) {
        boolean isAlone = responder.method() == AuthConfig.Method.EAP;
        return isAlone ? initiator.eap().safeAlone() : initiator.eap().methods();
    }

    private PeerMethod open(EapMethod method, ConnectionConfig round, Identity name) throws EapException {
        return switch (method) {
            case MSCHAPV2 ->
                new MsChapV2Peer(
                        name,
                        credentials
                                .eapSecrets()
                                .find(name)
                                .orElseThrow(() -> new EapException("the password of " + name + " is gone")),
                        environment.random());
            case TLS -> {
                Identity server =
                        round.local().eap().aaaId().orElse(round.remote().id());
                yield new TlsPeer(
                        party(round.local(), name, server, round.remote().publicKey()));
            }
        };
    }

    private ServerMethod open(EapMethod method, ConnectionConfig round, Identity own, Identity user)
            throws EapException {
        return switch (method) {
            case MSCHAPV2 -> new MsChapV2Server(user, credentials.eapSecrets().find(user), own, environment.random());
            case TLS ->
                new TlsServer(party(round.local(), own, user, round.remote().publicKey()));
        };
    }

    private TlsParty party(AuthConfig local, Identity own, Identity other, PublicKeyAuth wanted) throws EapException {
        try {
            OwnKey key = OwnKey.all(local.publicKey(), credentials.certificates(), own)
                    .getFirst();
            return new TlsParty(
                    key.key(),
                    key.certificates().stream().map(CertPayload::data).toList(),
                    other,
                    wanted,
                    credentials.certificates(),
                    crypto,
                    environment.random(),
                    environment.now());
        } catch (ExchangeException e) {
            throw new EapException(e.failure().sentence());
        }
    }

    private boolean isUsable(EapMethod method, AuthConfig local, Identity name) {
        return switch (method) {
            case MSCHAPV2 -> credentials.eapSecrets().find(name).isPresent();
            case TLS -> hasKey(local, name);
        };
    }

    private boolean hasKey(AuthConfig local, Identity own) {
        try {
            return !OwnKey.all(local.publicKey(), credentials.certificates(), own)
                    .isEmpty();
        } catch (ExchangeException e) {
            return false; // which is said where no other method is left
        }
    }

    private static ExchangeException refused(String sentence, ConnectionConfig round) {
        return new ExchangeException(new Failure.AuthenticationFailed(
                sentence, Optional.ofNullable(round.places().get("local.auth"))));
    }
}
