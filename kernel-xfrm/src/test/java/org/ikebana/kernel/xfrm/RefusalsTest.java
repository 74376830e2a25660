package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAlgo;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final SaMessages MESSAGES = new SaMessages(false);

    @Test
    void aKernelWithoutEspIsNamedAsSuch() throws Exception {
        assertThat(refusal(sa(TestNet.IPV4), Errno.EPROTONOSUPPORT, "Requested type not found"))
                .hasMessage("it: this kernel has no ESP (CONFIG_INET_ESP, module esp4)"
                        + " (the kernel says: Requested type not found)");
        assertThat(refusal(sa(TestNet.IPV6), Errno.EPROTONOSUPPORT, ""))
                .hasMessage("it: this kernel has no ESP for IPv6 (CONFIG_INET6_ESP, module esp6)");
    }

    @Test
    void aMissingAlgorithmIsNamed() throws Exception {
        assertThat(refusal(sa(TestNet.IPV4), Errno.ENOSYS, "Requested AEAD algorithm not found"))
                .hasMessageContaining("the kernel lacks rfc4106(gcm(aes));");
        assertThat(refusal(cbc(), Errno.ENOSYS, "Requested AUTH_TRUNC algorithm not found"))
                .hasMessageContaining("the kernel lacks hmac(sha256);");
        assertThat(refusal(cbc(), Errno.ENOSYS, "Requested CRYPT algorithm not found"))
                .hasMessageContaining("the kernel lacks cbc(aes);");
        assertThat(refusal(cbc(), Errno.ENOENT, ""))
                .as("a module is missing, and the kernel does not say which")
                .hasMessageContaining("the kernel lacks cbc(aes) or hmac(sha256);");
        XfrmMessage.NewSa plain = (XfrmMessage.NewSa) cbc();
        Attributes untruncated =
                Attributes.NONE.with(Xfrma.ALG_AUTH, XfrmAlgo.of("hmac(sm3)", Secret.wrap(new byte[32])));
        assertThat(refusal(new XfrmMessage.NewSa(plain.body(), untruncated), Errno.ENOSYS, "AUTH"))
                .hasMessageContaining("the kernel lacks hmac(sm3);");
    }

    @Test
    void theErrnoAndTheKernelsWordsAreKept() {
        XfrmMessage put = PolicyMessages.put(TestPolicy.tunnel(TestNet.IPV4, 1).build());

        KernelException refusal = refusal(put, Errno.EINVAL, "Mode in optional template not allowed");

        assertThat(refusal.errno()).isEqualTo(22);
        assertThat(refusal.kernelText()).contains("Mode in optional template not allowed");
        assertThat(refusal)
                .hasMessage("it: EINVAL: invalid argument (the kernel says: Mode in optional template not allowed)");
    }

    @Test
    void anExhaustedRangeIsExplained() {
        assertThat(refusal(MESSAGES.reserve(TestNet.IPV4.spiRequest(1)), Errno.ENOENT, ""))
                .hasMessage("it: no SPI of the range is free");
    }

    private static KernelException refusal(XfrmMessage request, Errno errno, String text) {
        Optional<String> said = Optional.of(text).filter(words -> !words.isEmpty());
        return Refusals.of("it", request, new NetlinkOutcome<>(errno.number(), said, Optional.empty()));
    }

    private static XfrmMessage sa(TestNet net) throws Exception {
        return MESSAGES.add(TestSa.outbound(net, 1).build());
    }

    private static XfrmMessage cbc() throws Exception {
        return MESSAGES.add(TestSa.outbound(TestNet.IPV4, 1).aesCbcWithSha256().build());
    }
}
