package org.ikebana.simulation;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ikebana.ike.connection.ConnectionBuilder;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;

/**
 * A gateway with many tunnels, each to a peer with an address, an identity and networks of its own. All these peers are one
 * host, so that there may be ten thousand. The gateway begins, and sees to rekeys and dead peers.
 */
final class Fleet {
    /** Of an IKE SA, less up to a fifth of it. */
    static final Duration IKE_REKEY = Duration.ofMinutes(50);

    /** Of a child, likewise. */
    static final Duration CHILD_REKEY = Duration.ofMinutes(30);

    static final Duration DPD = Duration.ofMinutes(5);

    private static final String GATEWAY = "192.0.2.1";
    private static final IkeSettings SETTINGS = IkeSettings.DEFAULT
            .changed()
            .cookieThreshold(0)
            .cookieThresholdPerAddress(0)
            .blockThresholdPerAddress(0)
            .build();

    final int size;
    final VirtualClock time = new VirtualClock();
    final Network network = new Network(time);
    final Host gateway;
    final Host peers;
    private final AtomicLong updates = new AtomicLong();

    Fleet(int size) throws Exception {
        this.size = size;
        gateway = host(GATEWAY, 1, update -> updates.incrementAndGet());
        peers = host(address(0), 2, update -> {});
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            addresses.add(InetAddress.getByName(address(i)));
        }
        peers.moveTo(addresses.toArray(InetAddress[]::new));
        pass(Duration.ofSeconds(1));
    }

    private Host host(String address, long seed, Consumer<KernelUpdate> watcher) throws IOException {
        SeededRandom random = new SeededRandom(seed);
        MemoryKernel kernel = new MemoryKernel(time, random, KernelOptions.DEFAULT, (config, receiver) -> {
            throw new IOException("the network of a simulation has no sockets");
        });
        return new Host(
                time,
                network,
                InetAddress.getByName(address),
                random,
                kernel,
                SETTINGS,
                new CheapKeyExchanges(Host.CRYPTO),
                watcher);
    }

    /** Loads both, the peers first; the gateway begins with all tunnels. */
    void load() throws Exception {
        List<ConnectionConfig> theirs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            theirs.add(Site.of(address(i), GATEWAY, net(i), "10.0.0.0/16")
                    .identified(identity(i), "gateway")
                    .with(named(i))
                    .connection());
        }
        peers.load(List.of(Site.secret("a key")), theirs.toArray(ConnectionConfig[]::new));
        load(0);
    }

    /**
     * Loads the gateway anew.
     *
     * @param changed of its connections, the first ones, are otherwise than before
     */
    void load(int changed) throws Exception {
        List<ConnectionConfig> ours = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Site site = Site.of(GATEWAY, address(i), "10.0.0.0/16", net(i))
                    .identified("gateway", identity(i))
                    .starting(StartAction.START)
                    .checkingEvery(DPD)
                    .with(named(i))
                    .with(c -> c.rekeyTime(IKE_REKEY).randTime(IKE_REKEY.dividedBy(5)))
                    .withChild(c -> c.rekeyTime(CHILD_REKEY)
                            .randTime(CHILD_REKEY.dividedBy(5))
                            .lifetimes(new Lifetimes(CHILD_REKEY.toSeconds(), 3600, 0, 0, 0, 0)));
            Site wanted = i < changed
                    ? site.proposing("aes128gcm16-prfsha256-x25519,aes256gcm16-prfsha256-x25519", "aes256gcm16")
                    : site;
            ours.add(wanted.connection());
        }
        gateway.load(List.of(Site.secret("a key")), ours.toArray(ConnectionConfig[]::new));
    }

    private static UnaryOperator<ConnectionBuilder> named(int number) {
        return c -> c.name(name(number));
    }

    /** What is noted of each message and event is of no use for ten thousand tunnels, and takes room. */
    void pass(Duration duration) {
        time.advance(duration);
        network.sent().clear();
        gateway.events().clear();
        peers.events().clear();
    }

    /** Tunnels that are up at the gateway. */
    long up() {
        return gateway.engine().ikeSas().stream()
                .filter(IkeSa::isEstablished)
                .filter(sa -> !sa.childSas().isEmpty())
                .count();
    }

    /** Updates of the gateway's kernel so far. */
    long updates() {
        return updates.get();
    }

    /** Which tunnel a datagram belongs to. */
    static int numberOf(Datagram datagram) {
        InetAddress ofGateway = InetAddress.ofLiteral(GATEWAY);
        InetAddress peer = datagram.local().getAddress().equals(ofGateway)
                ? datagram.remote().getAddress()
                : datagram.local().getAddress();
        byte[] octets = peer.getAddress();
        return (octets[2] & 0xff) * 250 + (octets[3] & 0xff) - 1;
    }

    static String name(int number) {
        return "t" + number;
    }

    private static String identity(int number) {
        return "p" + number + ".example.org";
    }

    private static String address(int number) {
        return "198.18." + number / 250 + "." + (number % 250 + 1);
    }

    private static String net(int number) {
        return "10.1." + number / 250 + "." + number % 250 + "/32";
    }
}
