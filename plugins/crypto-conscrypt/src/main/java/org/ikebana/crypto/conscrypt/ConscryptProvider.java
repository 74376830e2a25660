package org.ikebana.crypto.conscrypt;

import java.security.Provider;
import org.conscrypt.Conscrypt;
import org.ikebana.ike.crypto.CryptoProvider;
import org.ikebana.ike.crypto.CryptoProviderException;
import org.ikebana.ike.crypto.ProvidedAlgorithms;

/** Opens BoringSSL, which Conscrypt brings along for each system and processor. */
public final class ConscryptProvider implements CryptoProvider {
    static final String NAME = "conscrypt";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ProvidedAlgorithms open() throws CryptoProviderException {
        try {
            Provider provider = Conscrypt.newProvider();
            return new ConscryptAlgorithms(provider);
        } catch (LinkageError | RuntimeException e) {
            throw new CryptoProviderException(
                    "Conscrypt's native library cannot be loaded (" + e.getMessage() + "): it is unpacked into "
                            + System.getProperty("java.io.tmpdir")
                            + ", where programs must be allowed to run, unless -Djava.library.path names a folder that has it",
                    e);
        }
    }
}
