package org.ikebana.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.EspSizes;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.xfrm.XfrmBackendProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the kernel itself lets into a tunnel is what is told of it. */
@Tag("realkernel")
@Timeout(60)
class EspSizesInKernelTest {
    /** {@code IP_MTU}: what the kernel takes for the socket's packets. */
    private static final int IP_MTU = 14;

    private static final int PATH_MTU = 1500;

    @Test
    void theKernelTakesJustAsMuch() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link add d0 type veth peer name d1");
            command("ip link set d0 arp off up");
            command("ip link set d1 up");
            command("ip addr add 192.0.2.1/24 dev d0");
            command("ip addr add 10.1.0.1/16 dev d0");
            command("ip route add default dev d0");
            try (KernelBackend kernel = new XfrmBackendProvider().open(Map.of())) {
                if (!kernel.capabilities().esp()) {
                    NetworkNamespace.skip("this kernel has no ESP; run it in integration-tests/rig/in-real-kernel");
                }
                for (SaAlgorithms suite : suites()) {
                    check(kernel, TestSa.outbound(TestNet.IPV4, 0x1000).reqid(7).algorithms(suite));
                    check(
                            kernel,
                            TestSa.outbound(TestNet.IPV4, 0x1000)
                                    .reqid(7)
                                    .algorithms(suite)
                                    .encapsulation(4500, 4500));
                }
            }
        });
    }

    private static void check(KernelBackend kernel, TestSa test) throws Exception {
        SecurityAssociation sa = test.build();
        TestPolicy policy = TestPolicy.tunnel(TestNet.IPV4, 7);
        kernel.apply(KernelUpdate.of(test.add(), policy.put()));

        int told = EspSizes.of(sa).orElseThrow().mtu(PATH_MTU);

        assertThat(kernelMtu())
                .as("encryption %s, in UDP %s", sa.algorithms().encryption(), sa.encapsulation())
                .isEqualTo(told);
        kernel.apply(KernelUpdate.of(policy.delete(), test.delete()));
    }

    /** Of a socket whose packets take the tunnel. */
    private static int kernelMtu() throws IOException {
        try (FileDescriptor socket = FileDescriptor.socket(Socket.AF_INET, Socket.SOCK_DGRAM, 0)) {
            ByteBuffer source = Sockaddr.of(new InetSocketAddress(TestNet.IPV4.innerLocal(), 0));
            ErrnoException.check(LibC.bind(socket.number(), source, source.capacity()), "bind");
            ByteBuffer destination = Sockaddr.of(new InetSocketAddress(TestNet.IPV4.innerPeer(), 9));
            ErrnoException.check(LibC.connect(socket.number(), destination, destination.capacity()), "connect");
            ByteBuffer mtu = NativeMemory.ofInt(0);
            ErrnoException.check(
                    LibC.getsockopt(socket.number(), 0, IP_MTU, mtu, NativeMemory.ofInt(Integer.BYTES)),
                    "ask for IP_MTU");
            return mtu.getInt(0);
        }
    }

    private static List<SaAlgorithms> suites() {
        return List.of(
                suite(EncrId.AES_GCM_16, 256, 36),
                suite(EncrId.AES_GCM_8, 128, 20),
                suite(EncrId.CHACHA20_POLY1305, 0, 36),
                suite(EncrId.AES_CBC, 128, 16, IntegId.HMAC_SHA2_256_128, 32),
                suite(EncrId.AES_CBC, 256, 32, IntegId.HMAC_SHA2_512_256, 64),
                suite(EncrId.AES_CTR, 128, 20, IntegId.HMAC_SHA1_96, 20),
                suite(EncrId.DES_EDE3_CBC, 0, 24, IntegId.HMAC_SHA2_384_192, 48),
                suite(EncrId.NULL, 0, 0, IntegId.HMAC_SHA2_256_128, 32));
    }

    private static SaAlgorithms suite(int encryption, int bits, int keyLength) {
        return new SaAlgorithms(new Transform(TransformType.ENCR, encryption, bits), key(keyLength), Optional.empty());
    }

    private static SaAlgorithms suite(int encryption, int bits, int keyLength, int integrity, int integrityLength) {
        return new SaAlgorithms(
                new Transform(TransformType.ENCR, encryption, bits),
                key(keyLength),
                Optional.of(
                        new SaAlgorithms.Keyed(Transform.of(TransformType.INTEG, integrity), key(integrityLength))));
    }

    /** Three keys of 3DES must differ. */
    private static Secret key(int length) {
        byte[] octets = new byte[length];
        new Random(1).nextBytes(octets);
        return Secret.wrap(octets);
    }
}
