package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelCapabilities;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.AllocSpi;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdateSa;
import org.ikebana.kernel.xfrm.message.Xfrma;

/**
 * Finds out what the kernel can do by doing it: reserves an SPI on the loopback address, completes the SA, and deletes it.
 * Version numbers tell nothing, since features are taken back into older kernels and left out of newer ones.
 */
final class Probe {
    private static final String ELEMENT = "trial of XFRM";
    private static final Transform AES_GCM = new Transform(TransformType.ENCR, EncrId.AES_GCM_16, 256);
    private static final Transform AES_CBC = new Transform(TransformType.ENCR, EncrId.AES_CBC, 128);
    private static final Transform SHA256 = Transform.of(TransformType.INTEG, IntegId.HMAC_SHA2_256_128);

    private final NetlinkClient<XfrmMessage> kernel;

    Probe(NetlinkClient<XfrmMessage> kernel) {
        this.kernel = kernel;
    }

    /**
     * Tries it out for IPv4 and IPv6.
     *
     * @throws KernelException when not even an SPI can be reserved
     */
    KernelCapabilities run() throws KernelException {
        try {
            Finding four = tryOut(InetAddress.ofLiteral("127.0.0.1"));
            Finding six = tryOut(InetAddress.ofLiteral("::1"));
            String system = "Linux " + System.getProperty("os.version");
            return new KernelCapabilities(
                    four.esp(),
                    four.reason(),
                    four.directions(),
                    system + ", XFRM "
                            + (four.esp() ? "with ESP" + (six.esp() ? "" : ", but not for IPv6") : "without ESP"));
        } catch (IOException e) {
            throw Refusals.unreachable(ELEMENT, e);
        }
    }

    private Finding tryOut(InetAddress loopback) throws IOException, KernelException {
        SpiRequest request = new SpiRequest(loopback, loopback, SaProtocol.ESP, SaMode.TRANSPORT, 0, Mark.NONE, 0);
        AllocSpi reservation = new SaMessages(true).reserve(request);
        NetlinkOutcome<XfrmMessage> outcome = kernel.exchange(reservation.request());
        if (outcome.answer().isEmpty() || !(outcome.answer().get() instanceof NewSa larval)) {
            throw Refusals.of(ELEMENT, reservation, outcome);
        }
        SaKey key = new SaKey(loopback, new Spi(larval.body().id().spi()), SaProtocol.ESP, Mark.NONE);
        boolean directions = larval.attributes().has(Xfrma.SA_DIR);
        try {
            return complete(new SaMessages(directions), key);
        } finally {
            kernel.exchange(SaMessages.delete(key, loopback).request());
        }
    }

    /** A kernel that lacks one algorithm may have the next; one that lacks ESP says so with every one that it has. */
    private Finding complete(SaMessages messages, SaKey key) throws IOException {
        String reason = "";
        for (SaAlgorithms algorithms : trials()) {
            NewSa addition = addition(messages, sa(key, algorithms));
            NetlinkOutcome<XfrmMessage> outcome = install(addition);
            addition.attributes().wipe();
            if (outcome.isDone()) {
                return new Finding(true, "", messages.directions());
            }
            reason = Refusals.reason(addition, outcome);
            if (outcome.failedWith(Errno.EPROTONOSUPPORT)) {
                break;
            }
        }
        return new Finding(false, reason, messages.directions());
    }

    /** The first use of an algorithm may load modules, and take longer than a reservation lives. */
    private NetlinkOutcome<XfrmMessage> install(NewSa addition) throws IOException {
        XfrmMessage completion = new UpdateSa(addition.body(), addition.attributes());
        NetlinkOutcome<XfrmMessage> outcome = kernel.exchange(completion.request());
        return outcome.failedWith(Errno.ESRCH) ? kernel.exchange(addition.request()) : outcome;
    }

    private static List<SaAlgorithms> trials() {
        return List.of(
                new SaAlgorithms(AES_GCM, randomKey(36), Optional.empty()),
                new SaAlgorithms(AES_CBC, randomKey(16), Optional.of(new SaAlgorithms.Keyed(SHA256, randomKey(32)))));
    }

    static Secret randomKey(int length) {
        byte[] key = new byte[length];
        new SecureRandom().nextBytes(key);
        return Secret.wrap(key);
    }

    private static NewSa addition(SaMessages messages, SecurityAssociation sa) {
        try {
            return messages.add(sa);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("The algorithms tried have names", e);
        }
    }

    /** It would end after a second by itself, should the program end before it is deleted. */
    static SecurityAssociation sa(SaKey key, SaAlgorithms algorithms) {
        return new SecurityAssociation(
                key,
                key.destination(),
                Direction.IN,
                SaMode.TRANSPORT,
                0,
                0,
                algorithms,
                Optional.empty(),
                32,
                false,
                new Lifetimes(0, 1, 0, 0, 0, 0),
                Optional.empty(),
                0,
                0,
                SaFlags.DEFAULT);
    }

    private record Finding(boolean esp, String reason, boolean directions) {}
}
