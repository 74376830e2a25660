package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;

/** SAs on a loopback address by which the kernel shows what it can do; each is deleted at once. */
final class SaTrials {
    /** Outside of what {@code ALLOCSPI} is asked for, so that no reservation is met. */
    private static final int FIRST_SPI = 0xbfff0000;

    private static final int FIRST_CPI = 0xf000;

    private final NetlinkClient<XfrmMessage> kernel;
    private final SaMessages messages;
    private int count;

    SaTrials(NetlinkClient<XfrmMessage> kernel, SaMessages messages) {
        this.kernel = kernel;
        this.messages = messages;
    }

    /** Those of an SA with this name, with random keys. */
    static SaAlgorithms algorithms(String name) {
        return KernelAlgorithms.all(Probe::randomKey).stream()
                .filter(named -> named.name().equals(name))
                .findFirst()
                .orElseThrow()
                .algorithms();
    }

    /** Adds it as changed, asks what came of it, and deletes it. */
    Trial run(SaProtocol protocol, InetAddress address, SaAlgorithms algorithms, UnaryOperator<NewSa> change)
            throws IOException {
        count++;
        Spi spi = new Spi((protocol == SaProtocol.IPCOMP ? FIRST_CPI : FIRST_SPI) + count);
        SaKey key = new SaKey(address, spi, protocol, Mark.NONE);
        NewSa addition = change.apply(addition(Probe.sa(key, algorithms)));
        NetlinkOutcome<XfrmMessage> outcome = kernel.exchange(addition.request());
        String reason = outcome.isDone() ? "" : Refusals.reason(addition, outcome);
        addition.attributes().wipe();
        if (!outcome.isDone()) {
            return new Trial(reason, Optional.empty());
        }
        Optional<NewSa> installed = kernel.exchange(SaMessages.get(key).request())
                .answer()
                .filter(NewSa.class::isInstance)
                .map(NewSa.class::cast);
        installed.ifPresent(sa -> sa.attributes().wipe());
        kernel.exchange(SaMessages.delete(key, address).request());
        return new Trial("", installed);
    }

    private NewSa addition(SecurityAssociation sa) {
        try {
            return messages.add(sa);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("The algorithms tried have names", e);
        }
    }

    /**
     * What came of a trial.
     *
     * @param reason of the refusal; empty when there was none
     * @param installed as the kernel told it, without keys
     */
    record Trial(String reason, Optional<NewSa> installed) {
        boolean isDone() {
            return reason.isEmpty();
        }
    }
}
