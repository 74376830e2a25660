package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.KernelFeature;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code ikebana kernel} prints, of the kernel that the test runs in. */
@Tag("realkernel")
@Timeout(120)
class FeatureProbeTest implements KernelContract {
    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void isOneWithWhatTheKernelTakesAndLeavesNothingBehind() throws Exception {
        List<KernelFeature> features = backend().features();

        assertThat(features).extracting(KernelFeature::name).doesNotHaveDuplicates();
        assertThat(named(features, "ESP for IPv4").present())
                .isEqualTo(backend().capabilities().esp());
        assertThat(named(features, "direction (XFRMA_SA_DIR)").present())
                .isEqualTo(backend().capabilities().saDirection());
        assertThat(features)
                .allMatch(feature -> feature.present() == feature.reason().isEmpty());
        assertThat(named(features, "XFRM interfaces").present()).isEqualTo(ipMakesXfrmInterfaces());
        assertThat(named(features, "hardware offload").present())
                .as("virtual interfaces take nothing over")
                .isFalse();
        assertThat(sas()).isEmpty();
        assertThat(NetworkNamespace.command("ip link")).doesNotContain("ikebana-trial");
    }

    /** Which the kernels of the rig have. */
    @Test
    void findsEveryAlgorithmOfAKernelThatHasThem() throws Exception {
        needsEsp("trial of every algorithm");
        List<KernelFeature> features = backend().features();

        assertThat(features)
                .filteredOn(feature ->
                        feature.group().contains("algorithm") || feature.group().equals("protocol"))
                .hasSize(6 + 16 + 10)
                .allMatch(KernelFeature::present);
        assertThat(named(features, "extended sequence numbers").present()).isTrue();
        assertThat(named(features, "replay windows of 4096 packets").present()).isTrue();
    }

    private static boolean ipMakesXfrmInterfaces() throws Exception {
        try {
            NetworkNamespace.command("ip link add mine type xfrm if_id 1");
            NetworkNamespace.command("ip link delete mine");
            return true;
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("Unknown device type");
            return false;
        }
    }

    private static KernelFeature named(List<KernelFeature> features, String name) {
        return features.stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
