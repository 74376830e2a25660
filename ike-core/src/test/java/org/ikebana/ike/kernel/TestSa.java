package org.ikebana.ike.kernel;

import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;

/** Builds SAs for tests: tunnels with AES-GCM-16 of 256 bits unless told otherwise, keys filled with the SPI's last octet. */
public final class TestSa {
    private static final Transform AES_GCM = new Transform(TransformType.ENCR, EncrId.AES_GCM_16, 256);
    private static final Transform AES_CBC = new Transform(TransformType.ENCR, EncrId.AES_CBC, 128);
    private static final Transform SHA256 = Transform.of(TransformType.INTEG, IntegId.HMAC_SHA2_256_128);

    private final TestNet net;
    private final Direction direction;
    private Spi spi;
    private Mark mark = Mark.NONE;
    private SaMode mode = SaMode.TUNNEL;
    private int reqid = 1;
    private int acquireSeq;
    private SaAlgorithms algorithms;
    private Optional<Encapsulation> encapsulation = Optional.empty();
    private int replayWindow = 32;
    private boolean extendedSequenceNumbers;
    private Lifetimes lifetimes = Lifetimes.NONE;
    private Optional<PolicySelector> selector = Optional.empty();
    private int ifId;
    private int tfcPadding;
    private SaOptions options = SaOptions.NONE;
    private SaProtocol protocol = SaProtocol.ESP;
    private SaFlags flags = SaFlags.DEFAULT;

    private TestSa(TestNet net, Direction direction, Spi spi) {
        this.net = net;
        this.direction = direction;
        this.spi = spi;
        this.algorithms = new SaAlgorithms(AES_GCM, key(36, spi), Optional.empty());
    }

    /** From the peer to us. */
    public static TestSa inbound(TestNet net, Spi spi) {
        return new TestSa(net, Direction.IN, spi);
    }

    /** From us to the peer. */
    public static TestSa outbound(TestNet net, int spi) {
        return new TestSa(net, Direction.OUT, new Spi(spi));
    }

    public TestSa mark(Mark value) {
        mark = value;
        return this;
    }

    public TestSa mode(SaMode value) {
        mode = value;
        return this;
    }

    public TestSa reqid(int value) {
        reqid = value;
        return this;
    }

    public TestSa acquireSeq(int value) {
        acquireSeq = value;
        return this;
    }

    public TestSa aesCbcWithSha256() {
        algorithms = new SaAlgorithms(AES_CBC, key(16, spi), Optional.of(new SaAlgorithms.Keyed(SHA256, key(32, spi))));
        return this;
    }

    public TestSa algorithms(SaAlgorithms value) {
        algorithms = value;
        return this;
    }

    public TestSa encapsulation(int sourcePort, int destinationPort) {
        encapsulation = Optional.of(new Encapsulation(sourcePort, destinationPort));
        return this;
    }

    public TestSa replayWindow(int value) {
        replayWindow = value;
        return this;
    }

    public TestSa extendedSequenceNumbers() {
        extendedSequenceNumbers = true;
        return this;
    }

    public TestSa lifetimes(Lifetimes value) {
        lifetimes = value;
        return this;
    }

    public TestSa selector(PolicySelector value) {
        selector = Optional.of(value);
        return this;
    }

    public TestSa tfcPadding(int value) {
        tfcPadding = value;
        return this;
    }

    public TestSa options(SaOptions value) {
        options = value;
        return this;
    }

    public TestSa flags(SaFlags value) {
        flags = value;
        return this;
    }

    public TestSa protocol(SaProtocol value) {
        protocol = value;
        return this;
    }

    public TestSa ifId(int value) {
        ifId = value;
        return this;
    }

    public SecurityAssociation build() {
        boolean in = direction == Direction.IN;
        return new SecurityAssociation(
                new SaKey(in ? net.local() : net.peer(), spi, protocol, mark),
                in ? net.peer() : net.local(),
                direction,
                mode,
                reqid,
                acquireSeq,
                algorithms,
                encapsulation,
                replayWindow,
                extendedSequenceNumbers,
                lifetimes,
                selector,
                ifId,
                tfcPadding,
                flags,
                options);
    }

    public KernelChange.AddSa add() {
        return new KernelChange.AddSa(build());
    }

    public KernelChange.DeleteSa delete() {
        SecurityAssociation sa = build();
        return new KernelChange.DeleteSa(sa.key(), sa.source());
    }

    private static Secret key(int length, Spi spi) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) spi.value());
        return Secret.wrap(octets);
    }
}
