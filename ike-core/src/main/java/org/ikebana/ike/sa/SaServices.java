package org.ikebana.ike.sa;

import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.task.PeerSignatures;
import org.ikebana.ike.task.SignatureAuthentication;

/** What an IKE SA needs of the daemon. */
public record SaServices(
        Environment environment,
        CryptoRegistry crypto,
        CredentialStore credentials,
        IkeSettings settings,
        KernelTables tables,
        SaListener listener,
        SaNumbers numbers,
        IkeSaRegistry registry) {
    /** @param peer what it has said in IKE_SA_INIT */
    SignatureAuthentication signatures(PeerSignatures peer) {
        return new SignatureAuthentication(crypto, environment, credentials.certificates(), peer);
    }
}
