package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.ikebana.kernel.memory.TwoMachines.NET;
import static org.ikebana.kernel.memory.TwoMachines.tunnel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;

/** Keys are the model's own, and end with their SA. */
class SecretsTest {
    private final TwoMachines machines = new TwoMachines();

    @Test
    void keysAreCopiedAndToldToTheTest() throws Exception {
        TestSa asked = tunnel().aesCbcWithSha256();
        machines.left(asked.add());
        List<Secret> own = ownKeys();
        List<Secret> theirs = keys(asked.build());
        assertThat(own).isEqualTo(theirs);

        theirs.forEach(Secret::close);

        assertThat(own).allSatisfy(key -> assertThat(key.bytes()).containsOnly((byte) TwoMachines.SPI));
    }

    @Test
    void deletionWipes() throws Exception {
        machines.left(tunnel().aesCbcWithSha256().add());
        List<Secret> own = ownKeys();

        machines.left(tunnel().delete());

        assertWiped(own);
    }

    @Test
    void expiryWipes() throws Exception {
        machines.left(tunnel().lifetimes(new Lifetimes(0, 5, 0, 0, 0, 0)).add());
        List<Secret> own = ownKeys();

        machines.clock.advance(Duration.ofSeconds(5));

        assertWiped(own);
    }

    @Test
    void undoWipes() {
        List<Secret> own = new ArrayList<>();
        machines.left
                .faults()
                .refuse(
                        change -> {
                            own.addAll(ownKeys());
                            return change.equals(TestPolicy.pass(NET).put());
                        },
                        Errno.EBUSY);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(
                        () -> machines.left(tunnel().add(), TestPolicy.pass(NET).put()));

        assertWiped(own);
    }

    @Test
    void flushWipes() throws Exception {
        machines.left(tunnel().add());
        List<Secret> own = ownKeys();

        machines.left.flush();

        assertWiped(own);
        assertThat(machines.left.installedSas()).isEmpty();
    }

    @Test
    void aRefusedSaLeavesNoCopy() throws Exception {
        machines.left(tunnel().add());

        assertThatExceptionOfType(KernelException.class).isThrownBy(() -> machines.left(tunnel().add()));

        assertThat(machines.left.installedSas()).hasSize(1);
        assertThat(ownKeys()).allSatisfy(key -> assertThat(key.bytes()).isNotEmpty());
    }

    private List<Secret> ownKeys() {
        return machines.left.installedSas().stream()
                .flatMap(sa -> keys(sa).stream())
                .toList();
    }

    private static List<Secret> keys(SecurityAssociation sa) {
        List<Secret> keys = new ArrayList<>();
        keys.add(sa.algorithms().encryptionKey());
        sa.algorithms().integrity().map(SaAlgorithms.Keyed::key).ifPresent(keys::add);
        return keys;
    }

    private static void assertWiped(List<Secret> keys) {
        assertThat(keys)
                .isNotEmpty()
                .allSatisfy(key -> assertThatIllegalStateException().isThrownBy(key::bytes));
    }
}
