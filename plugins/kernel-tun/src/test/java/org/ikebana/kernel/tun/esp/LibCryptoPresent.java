package org.ikebana.kernel.tun.esp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** For tests of libcrypto, which are skipped, aloud, where there is none. */
final class LibCryptoPresent {
    private LibCryptoPresent() {}

    /** Skips the test without libcrypto. */
    static EspCiphers ciphers() {
        require();
        return EspCiphers.best();
    }

    static void require() {
        assumeTrue(isPresent(), "no libcrypto");
    }

    /** Both sources, or the one that is there. */
    static List<EspCiphers> andPortable() {
        return isPresent() ? List.of(EspCiphers.best(), EspCiphers.portable()) : List.of(EspCiphers.portable());
    }

    static List<CipherSource> andPortableSources() {
        return isPresent() ? List.of(new OpenSslCiphers(), new PortableCiphers()) : List.of(new PortableCiphers());
    }

    private static boolean isPresent() {
        LibCrypto.problem()
                .ifPresent(problem -> System.out.println("SKIPPED: ESP by OpenSSL; " + problem + " to run it"));
        return LibCrypto.problem().isEmpty();
    }
}
