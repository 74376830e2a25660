package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelCapabilities;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelFeature;
import org.ikebana.ike.kernel.KernelListener;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.udp.LinuxUdpTransport;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.AllocSpi;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;

/**
 * Linux's own IPsec, in the network namespace of the thread that opens it. Needs CAP_NET_ADMIN. Updates are made one
 * after another, since what one would have to undo must not be changed by another meanwhile; dumps have a socket of their
 * own, so that a long one keeps nobody waiting. Nothing is ever flushed: what others have installed stays.
 */
public final class XfrmBackend implements KernelBackend {
    private final NetlinkClient<XfrmMessage> requests;
    private final NetlinkClient<XfrmMessage> dumps;
    private final Departures departures;
    private final KernelEvents events;
    private final KernelCapabilities capabilities;
    private final SaMessages messages;
    private final ReentrantLock updates = new ReentrantLock();
    private volatile boolean closed;

    private XfrmBackend(
            NetlinkClient<XfrmMessage> requests,
            NetlinkClient<XfrmMessage> dumps,
            Departures departures,
            KernelEvents events,
            KernelCapabilities capabilities) {
        this.requests = requests;
        this.dumps = dumps;
        this.departures = departures;
        this.events = events;
        this.capabilities = capabilities;
        this.messages = new SaMessages(capabilities.saDirection());
    }

    /**
     * Opens the sockets and tries out what the kernel can do.
     *
     * @throws KernelException when there is no XFRM, or no right to use it
     */
    public static XfrmBackend open() throws KernelException {
        return open(KernelEvents.XFRM_BUFFER);
    }

    /** With room for so many octets of events in the kernel. */
    static XfrmBackend open(int eventBuffer) throws KernelException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            NetlinkClient<XfrmMessage> requests = opening.add(client(), NetlinkClient::close);
            NetlinkClient<XfrmMessage> dumps = opening.add(client(), NetlinkClient::close);
            Departures departures = opening.add(Departures.open(), Departures::close);
            KernelCapabilities capabilities = new Probe(requests).run();
            KernelEvents events = opening.add(new KernelEvents(eventBuffer), KernelEvents::close);
            return opening.succeeded(new XfrmBackend(requests, dumps, departures, events, capabilities));
        } catch (IOException e) {
            throw Refusals.unreachable("NETLINK_XFRM (CONFIG_XFRM_USER, module xfrm_user)", e);
        }
    }

    @Override
    public KernelCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<KernelFeature> features() throws KernelException {
        return new FeatureProbe(requests, messages).run();
    }

    @Override
    public Spi allocateSpi(SpiRequest request) throws KernelException {
        String element =
                request.protocol() + " SPI for " + request.destination().getHostAddress();
        AllocSpi message = messages.reserve(request);
        NetlinkOutcome<XfrmMessage> outcome = exchange(element, message);
        if (outcome.answer().isPresent() && outcome.answer().get() instanceof NewSa larval) {
            return new Spi(larval.body().id().spi());
        }
        throw Refusals.of(element, message, outcome);
    }

    @Override
    public void apply(KernelUpdate update) throws KernelException {
        updates.lock();
        try {
            new Transaction(requests, messages, departures).run(update.changes());
        } finally {
            updates.unlock();
        }
    }

    @Override
    public Optional<SaUsage> usage(SaKey key) throws KernelException {
        GetSa query = SaMessages.get(key);
        NetlinkOutcome<XfrmMessage> outcome = exchange(key.toString(), query);
        if (outcome.failedWith(Errno.ESRCH)) {
            return Optional.empty();
        }
        if (outcome.answer().isPresent() && outcome.answer().get() instanceof NewSa sa) {
            sa.attributes().wipe();
            return Optional.of(InstalledSas.usage(sa));
        }
        throw Refusals.of(key.toString(), query, outcome);
    }

    @Override
    public KernelSnapshot snapshot() throws KernelException {
        try {
            List<InstalledSa> sas = dumps.dump(new DumpSa(Attributes.NONE).request(), XfrmBackend::sa);
            List<Policy> policies = dumps.dump(
                    new DumpPolicy(Attributes.NONE).request(),
                    message -> message instanceof NewPolicy policy ? PolicyMessages.read(policy) : Optional.empty());
            return new KernelSnapshot(sas, policies);
        } catch (IOException e) {
            throw Refusals.unreachable("snapshot", e);
        }
    }

    @Override
    public void listen(KernelListener listener) {
        events.listen(listener);
    }

    @Override
    public IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
        if (closed) {
            throw new IOException("The backend is closed");
        }
        return LinuxUdpTransport.open(config, receiver);
    }

    @Override
    public void close() {
        closed = true;
        events.close();
        requests.close();
        dumps.close();
        updates.lock();
        try {
            departures.close();
        } finally {
            updates.unlock();
        }
    }

    private static Optional<InstalledSa> sa(XfrmMessage message) throws NetlinkFormatException {
        message.attributes().wipe();
        return message instanceof NewSa sa ? InstalledSas.read(sa) : Optional.empty();
    }

    private NetlinkOutcome<XfrmMessage> exchange(String element, XfrmMessage message) throws KernelException {
        try {
            return requests.exchange(message.request());
        } catch (IOException e) {
            throw Refusals.unreachable(element, e);
        }
    }

    private static NetlinkClient<XfrmMessage> client() throws IOException {
        return NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode);
    }
}
