package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IkeKeysTest {
    private final IkeKeys keys = new IkeKeys(key(1), Secret.EMPTY, Secret.EMPTY, key(2), key(3), key(4), key(5));

    @Test
    void whatAuthenticatesIsWipedOnceAllIsAuthenticated() {
        byte[] skPi = keys.skPi().bytes();
        byte[] skPr = keys.skPr().bytes();

        IkeKeys kept = keys.authenticated();

        assertThat(skPi).containsOnly(0);
        assertThat(skPr).containsOnly(0);
        assertThat(kept.skPi().length()).isZero();
        assertThat(kept.skPr().length()).isZero();
        assertThat(kept.skD().bytes()).containsOnly(1);
        assertThat(kept.skEi().bytes()).containsOnly(2);
        assertThat(kept.skEr().bytes()).containsOnly(3);
    }

    /** Beside an AEAD all IKE SAs have the same empty integrity keys: one that goes takes nothing from the others. */
    @Test
    void emptyKeysOutliveThoseThatShareThem() {
        keys.close();

        assertThat(Secret.EMPTY.bytes()).isEmpty();
        assertThatThrownBy(() -> keys.skEi().bytes()).isInstanceOf(IllegalStateException.class);
    }

    private static Secret key(int octet) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        return Secret.wrap(octets);
    }
}
