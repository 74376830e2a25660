package org.ikebana.kernel.tun.plane;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.tun.esp.EspCipher;
import org.ikebana.kernel.tun.esp.EspCiphers;

/** An SA's ciphers, one a worker, as none may be used by two threads. */
final class Ciphers {
    private final EspCipher[] ofWorkers;

    private Ciphers(List<EspCipher> ofWorkers) {
        this.ofWorkers = ofWorkers.toArray(EspCipher[]::new);
    }

    static Ciphers of(SecurityAssociation sa, EspCiphers algorithms, int workers) throws KernelException {
        List<EspCipher> made = new ArrayList<>();
        try {
            for (int i = 0; i < workers; i++) {
                made.add(algorithms.cipher(sa.algorithms(), sa.extendedSequenceNumbers()));
            }
        } catch (KernelException refusal) {
            made.forEach(EspCipher::close);
            throw refusal;
        }
        return new Ciphers(made);
    }

    EspCipher of(int worker) {
        return ofWorkers[worker];
    }

    /** For lengths, which are the same for all. */
    EspCipher any() {
        return ofWorkers[0];
    }
}
