package org.ikebana.ike.sa;

import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;

/** What an IKE SA needs of the daemon. */
public record SaServices(
        Environment environment,
        CryptoRegistry crypto,
        CredentialStore credentials,
        IkeSettings settings,
        KernelTables tables,
        SaListener listener,
        SaNumbers numbers,
        IkeSaRegistry registry) {}
