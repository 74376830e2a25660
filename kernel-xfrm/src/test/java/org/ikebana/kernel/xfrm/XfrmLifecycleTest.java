package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.kernel.linux.Capabilities;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the backend is found, opened and closed. */
@Timeout(60)
class XfrmLifecycleTest {
    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(KernelBackendProvider.class))
                .filteredOn(provider -> provider.name().equals("xfrm"))
                .singleElement()
                .isInstanceOf(XfrmBackendProvider.class);
    }

    @Test
    void refusesOptionsThatItDoesNotHave() {
        assertThatThrownBy(() -> new XfrmBackendProvider().open(Map.of("bind", "127.0.0.1")))
                .isInstanceOf(KernelException.class)
                .hasMessage(
                        "options [bind]: the backend xfrm has the options routes, table, interface and interfaces: remove"
                                + " what is none of them");
    }

    @Test
    void saysWhichPrivilegeIsMissing() throws Exception {
        NetworkNamespace.run(() -> {
            Capabilities.dropAll();

            assertThatThrownBy(XfrmBackend::open)
                    .isInstanceOfSatisfying(
                            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM.number()))
                    .hasMessageContaining("CAP_NET_ADMIN");
        });
    }

    @Test
    void tryingOutLeavesNothingInTheKernel() throws Exception {
        NetworkNamespace.run(() -> {
            try (KernelBackend backend = new XfrmBackendProvider().open(Map.of())) {
                assertThat(backend.snapshot()).isEqualTo(new KernelSnapshot(List.of(), List.of()));
                assertThat(backend.capabilities().description())
                        .startsWith("Linux ")
                        .contains("XFRM");
            }
        });
    }

    @Test
    void leavesNoDescriptorAndNoThreadBehind() throws Exception {
        NetworkNamespace.run(() -> {
            XfrmBackend.open().close();
            int before = openDescriptors();
            for (int i = 0; i < 20; i++) {
                XfrmBackend.open().close();
            }

            assertThat(openDescriptors()).isEqualTo(before);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("ike-xfrm-events");
        });
    }

    private static int openDescriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? -1 : names.length;
    }
}
