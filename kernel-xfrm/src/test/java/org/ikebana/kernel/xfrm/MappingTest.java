package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.EventLog;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.KernelEvent.MappingChanged;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A peer behind a NAT that gives it another port (RFC 3948 5.1, RFC 7296 2.23): a packet made by hand comes from there. */
@Tag("realkernel")
@Timeout(60)
class MappingTest implements KernelContract {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("127.0.0.2");
    private static final Spi SPI = new Spi(0xc0000001);
    private static final SaKey KEY = new SaKey(HERE, SPI, SaProtocol.ESP, Mark.NONE);
    private static final int OLD_PORT = 40001;
    private static final int ICV = 16;
    private static final int UDP = 17;

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void aPacketFromAnotherPortIsTold() throws Exception {
        needsEsp("ESP in UDP from another port");
        EventLog events = EventLog.of(bench());
        byte[] macKey = new byte[32];
        Arrays.fill(macKey, (byte) 7);
        try (IkeTransport transport = backend().openTransport(new TransportConfig(0, 0), datagram -> {});
                DatagramSocket peer = new DatagramSocket(0, PEER)) {
            apply(new KernelChange.AddSa(sa(macKey, transport.natPort())));
            InetSocketAddress there = new InetSocketAddress(HERE, transport.natPort());
            byte[] esp = esp(macKey, 1);

            peer.send(new DatagramPacket(esp, esp.length, there));

            assertThat(events.first(MappingChanged.class))
                    .isEqualTo(new MappingChanged(
                            KEY,
                            7,
                            new InetSocketAddress(PEER, OLD_PORT),
                            new InetSocketAddress(PEER, peer.getLocalPort())));
        }
    }

    private static SecurityAssociation sa(byte[] macKey, int natPort) {
        Transform none = Transform.of(TransformType.ENCR, EncrId.NULL);
        Transform sha256 = Transform.of(TransformType.INTEG, IntegId.HMAC_SHA2_256_128);
        SaAlgorithms algorithms = new SaAlgorithms(
                none, Secret.wrap(new byte[0]), Optional.of(new SaAlgorithms.Keyed(sha256, Secret.copyOf(macKey))));
        return new SecurityAssociation(
                KEY,
                PEER,
                Direction.IN,
                SaMode.TRANSPORT,
                7,
                0,
                algorithms,
                Optional.of(new Encapsulation(OLD_PORT, natPort)),
                32,
                false,
                Lifetimes.NONE,
                Optional.empty(),
                0,
                0,
                SaFlags.DEFAULT);
    }

    /** ESP in transport mode around an empty UDP datagram (RFC 4303 2), not encrypted, but with its check value. */
    private static byte[] esp(byte[] macKey, int sequence) throws Exception {
        byte[] packet = ByteBuffer.allocate(20 + ICV)
                .putInt(SPI.value())
                .putInt(sequence)
                .putShort((short) 9)
                .putShort((short) 9)
                .putShort((short) 8)
                .putShort((short) 0)
                .put((byte) 1)
                .put((byte) 2)
                .put((byte) 2)
                .put((byte) UDP)
                .array();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
        mac.update(packet, 0, packet.length - ICV);
        System.arraycopy(mac.doFinal(), 0, packet, packet.length - ICV, ICV);
        return packet;
    }
}
