package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;

/** What the parts of {@link KernelBackendContract} have in common. */
public interface KernelContract {
    int EEXIST = 17;
    int EINVAL = 22;

    /** The bench of the running test: opened before each test and closed after it. */
    KernelBench bench();

    default KernelBackend backend() {
        return bench().backend();
    }

    default void apply(KernelChange... changes) throws KernelException {
        backend().apply(KernelUpdate.of(changes));
    }

    /** The update is refused with this errno by the kernel, and the exception names this element. */
    default KernelException refused(int errno, String element, KernelChange... changes) {
        KernelException refusal = assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> apply(changes))
                .actual();
        assertThat(refusal.element()).isEqualTo(element);
        assertThat(refusal.errno()).as(refusal.getMessage()).isEqualTo(errno);
        return refusal;
    }

    default List<InstalledSa> sas() throws KernelException {
        return backend().snapshot().sas();
    }

    default List<InstalledSa> completeSas() throws KernelException {
        return sas().stream().filter(sa -> !sa.larval()).toList();
    }

    default List<Policy> policies() throws KernelException {
        return backend().snapshot().policies();
    }

    /** Waits until no larval SA is left; they go at most two seconds after the end of their lifetime. */
    default void awaitLapse() throws KernelException {
        bench().advance(bench().larvalLifetime());
        for (Duration late = Duration.ZERO;
                sas().stream().anyMatch(InstalledSa::larval);
                late = late.plus(EventLog.STEP)) {
            assertThat(late).as("waiting for the end of larval SAs").isLessThan(Duration.ofSeconds(2));
            bench().advance(EventLog.STEP);
        }
    }

    /** Leaves the rest of the test out, loudly, where SAs cannot be installed. */
    default void needsEsp(String whatIsLeftOut) {
        KernelCapabilities capabilities = backend().capabilities();
        if (!capabilities.esp()) {
            String line = "SKIPPED: " + whatIsLeftOut + ": " + capabilities.description() + ": "
                    + capabilities.espReason() + "; run it in a kernel that has ESP";
            System.out.println(line);
            abort(line);
        }
    }
}
