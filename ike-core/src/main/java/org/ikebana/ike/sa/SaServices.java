package org.ikebana.ike.sa;

import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.revocation.Revocations;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.EapConversations;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.MethodList;
import org.ikebana.ike.task.PeerSignatures;
import org.ikebana.ike.task.SignatureAuthentication;
import org.ikebana.ike.x509.ProvenPaths;

/** What an IKE SA needs of the daemon. */
public record SaServices(
        Environment environment,
        CryptoRegistry crypto,
        CredentialStore credentials,
        ProvenPaths proven,
        Revocations revocations,
        IkeSettings settings,
        KernelTables tables,
        SaListener listener,
        SaNumbers numbers,
        IkeSaRegistry registry) {
    Authentication authentication(IkeSa sa, InitResult init, ConnectionConfig connection) {
        return new Authentication(
                init,
                credentials,
                connection,
                sa.endpoints().local().getAddress(),
                signatures(init.extensions().signatures()));
    }

    EapConversations eap() {
        return new EapConversations(crypto, environment, credentials);
    }

    /** @param peer what it has said before IKE_AUTH */
    SignatureAuthentication signatures(PeerSignatures peer) {
        return new SignatureAuthentication(
                crypto, environment, credentials, proven, revocations::ownStatus, settings.announceAuthMethods(), peer);
    }

    /** What a responder announces (RFC 9593). */
    MethodList methods(Candidates candidates, PeerSignatures peer) {
        return MethodList.of(
                candidates.remotes(),
                credentials.certificates(),
                crypto,
                !peer.hashes().isEmpty());
    }
}
