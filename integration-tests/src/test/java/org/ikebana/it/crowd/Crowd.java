package org.ikebana.it.crowd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.ike.x509.TestList;

/**
 * So many peers, each with a certificate of its own that names dead servers: two places, so that there is more to wait for. None has a
 * child, as only waiting is of interest.
 */
final class Crowd {
    private static final Duration GOODBYE = Duration.ofSeconds(20);

    private final List<Issued> own = new ArrayList<>();
    private final IkeService service;
    private final int size;
    private final Semaphore settled = new Semaphore(0);
    private int established;
    private int refused;
    private String firstRefusal = "";

    Crowd(TestAuthority root, DeadServers servers, int round, int size) throws Exception {
        this.size = size;
        this.service = SharedKeyTunnels.start(Address.CROWD, this::onEvent);
        List<ConnectionConfig> connections = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            own.add(issue(root, name(i), servers.list(round, i), servers.list(round, i) + "?again"));
            connections.add(SharedKeyTunnels.connection(name(i), Address.CROWD)
                    .local(side(name(i)))
                    .remote(side(GatewayFiles.ID))
                    .children(List.of())
                    .build());
        }
        service.load(
                connections,
                new Credentials(
                        new SharedKeys(List.of()),
                        Ppks.NONE,
                        Certificates.of(
                                List.of(root.certificate()),
                                own.stream().map(Issued::certificate).toList(),
                                own.stream().map(Issued::key).toList())));
    }

    /** All begin, so many a second, as the buffers of sockets are finite. */
    void arrive(int rate) {
        long start = System.nanoTime();
        for (int i = 0; i < size; i++) {
            long due = start + i * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            String name = name(i);
            service.tell(engine -> engine.initiate(name));
        }
    }

    /** How many are without an answer. */
    int waiting() {
        return size - settled.availablePermits();
    }

    /** Waits until all have an answer, or for so long. */
    void awaitAnswers(Duration limit) throws InterruptedException {
        if (settled.tryAcquire(size, limit.toMillis(), TimeUnit.MILLISECONDS)) {
            settled.release(size);
        }
    }

    synchronized int established() {
        return established;
    }

    synchronized int refused() {
        return refused;
    }

    /** As the log would have it; empty where there is none. */
    synchronized String firstRefusal() {
        return firstRefusal;
    }

    void leave() throws InterruptedException {
        service.shutdown(GOODBYE);
        service.close();
    }

    private synchronized void onEvent(IkeEvent event) {
        switch (event) {
            case IkeEvent.IkeSaEstablished up -> {
                established++;
                settled.release();
            }
            case IkeEvent.NegotiationFailed failed -> {
                if (refused++ == 0) {
                    firstRefusal = EventLog.describe(failed);
                }
                settled.release();
            }
            default -> {}
        }
    }

    private static AuthConfig side(String id) throws Exception {
        return new AuthConfig(AuthConfig.Method.PUBKEY, Identity.parse(id), PublicKeyAuth.ANY);
    }

    private static Issued issue(TestAuthority root, String name, String... lists) {
        return root.issue("CN=" + name, "P-256", builder -> {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
            builder.addExtension(Extension.cRLDistributionPoints, false, TestList.distributionPoints(lists));
        });
    }

    private static String name(int number) {
        return "w" + number + ".example.org";
    }
}
