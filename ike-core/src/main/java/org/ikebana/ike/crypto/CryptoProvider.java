package org.ikebana.ike.crypto;

/** Another library to take algorithms from, where it is installed; found with {@link java.util.ServiceLoader}. */
public interface CryptoProvider {
    /** As {@code crypto} in {@code ikebana.conf} and lists of algorithms name it: {@code conscrypt}. */
    String name();

    /**
     * Loads the library, which may take a while.
     *
     * @throws CryptoProviderException when it cannot work on this machine, with the reason and the remedy
     */
    ProvidedAlgorithms open() throws CryptoProviderException;
}
