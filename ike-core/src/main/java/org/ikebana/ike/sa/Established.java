package org.ikebana.ike.sa;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.AuthExtensions;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.Liveness;
import org.ikebana.ike.task.RoundTrip;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.PayloadType;
import org.jspecify.annotations.Nullable;

/** Both ends are authenticated; INFORMATIONAL and CREATE_CHILD_SA exchanges may come from either (RFC 7296 1.3, 1.4). */
final class Established implements Position {
    /** CREATE_CHILD_SA requests at once: for all children that an IKE SA may have, and some more. */
    private static final int CREATIONS_AT_ONCE = 600;

    private final IkeSa sa;
    private final SaServices services;
    private final KeyedSa keyed;
    /** As configured now: nothing that this SA has been made by may change, but the children may. */
    private ConnectionConfig connection;

    private final Identity localId;
    private final Identity remoteId;
    private final ExchangeQueue queue;
    private final ChildCreations creations;
    private final ChildDeletions deletions;
    private final ChildRekeys rekeys;
    private final IkeRekeys ikeRekeys;
    private final IkeLifetime lifetime;
    private final FollowUpDesk followUps;
    private final LivenessCheck liveness;
    private final NatKeepalive keepalive;
    private final NatFollower follower;
    private final Mobility mobility;
    private final CrashDetection crash;
    private final Informationals informationals;
    private final long begun;
    private boolean isAtWork;
    private Runnable firstUse = () -> {};
    /** Null until the peer makes the first one. */
    private @Nullable PeerDemands demands;

    private Optional<String> shown = Optional.empty();

    Established(
            IkeSa sa,
            SaServices services,
            KeyedSa keyed,
            ConnectionConfig connection,
            Identity localId,
            Identity remoteId,
            MobikeAgreement mobike) {
        this.sa = sa;
        this.services = services;
        this.keyed = keyed;
        this.connection = connection;
        this.localId = localId;
        this.remoteId = remoteId;
        this.begun = services.environment().nanoTime();
        this.queue = new ExchangeQueue(sa, this);
        this.creations = new ChildCreations(sa, services, this);
        this.deletions = new ChildDeletions(sa, this);
        this.rekeys = new ChildRekeys(sa, services, this);
        this.lifetime = new IkeLifetime(sa, services, connection);
        this.ikeRekeys = new IkeRekeys(sa, services, this);
        this.followUps = new FollowUpDesk(sa, services);
        this.liveness = new LivenessCheck(services.environment(), connection.dpdDelay(), sa, this::checkLiveness);
        this.keepalive =
                new NatKeepalive(services.environment(), services.settings().natKeepalive(), sa);
        this.follower = new NatFollower(services.environment(), sa);
        this.mobility = new Mobility(sa, services, this, mobike);
        this.crash = new CrashDetection(sa, services, this);
        this.informationals = new Informationals(sa, this);
    }

    Identity localId() {
        return localId;
    }

    Identity remoteId() {
        return remoteId;
    }

    Agreement agreement() {
        return new Agreement(
                connection, localId, remoteId, keyed.init().algorithms().suite(), begun);
    }

    /** For people: the certificate or key with which this side has proved itself, which the peer may yet refuse. */
    void provedWith(Optional<String> words) {
        shown = words;
    }

    Optional<String> shown() {
        return shown;
    }

    void start() {
        isAtWork = true;
        liveness.start();
        mobility.start();
        onPathChanged();
        lifetime.start();
        ikeRekeys.start();
    }

    void onAgreed(AuthExtensions extensions) {
        sa.exchanges().agree(extensions.messageIdSync());
        crash.keep(extensions.crashToken());
    }

    /** The IKE SA goes another way, or NATs are found on it that were not there. */
    void onPathChanged() {
        keepalive.run(sa.whereabouts().path().nat().local());
    }

    Mobility mobility() {
        return mobility;
    }

    CrashDetection crash() {
        return crash;
    }

    /** False for the new SA of a peer's rekey while it is open which one goes on. */
    boolean isAtWork() {
        return isAtWork;
    }

    /** What to do when the peer shows that this one goes on. */
    void onFirstUse(Runnable action) {
        firstUse = action;
    }

    ExchangeQueue queue() {
        return queue;
    }

    ChildCreations creations() {
        return creations;
    }

    ChildDeletions deletions() {
        return deletions;
    }

    ChildRekeys rekeys() {
        return rekeys;
    }

    IkeRekeys ikeRekeys() {
        return ikeRekeys;
    }

    IkeLifetime lifetime() {
        return lifetime;
    }

    FollowUpDesk followUps() {
        return followUps;
    }

    InitResult init() {
        return keyed.init();
    }

    ConnectionConfig config() {
        return connection;
    }

    void adopt(ConnectionConfig changed) {
        connection = changed;
        liveness.every(changed.dpdDelay());
    }

    /** The successor says and does what this one has not yet. */
    void handOver(Established successor) {
        successor.lifetime.inherit(lifetime);
        successor.demands = demands;
        successor.sa.exchanges().inherit(sa.exchanges());
        successor.start();
        successor.crash.announce();
        queue.moveTo(successor.queue);
        creations.moveTo(successor.creations);
        deletions.moveTo(successor.deletions);
        rekeys.moveTo(successor.rekeys);
        successor.mobility.takeOver(mobility);
    }

    /** Removes a child here and tells the peer (RFC 7296 1.4.1). */
    void deleteChild(ChildSa child, CloseCause cause) {
        if (sa.children().isAtWork(child)) {
            rekeys.onLocalDelete(child);
            sa.children().remove(child, cause);
            deletions.announce(child);
        }
    }

    /** @param group that the peer has asked for, if it has */
    void createChild(ChildRequest request, Optional<Integer> group) {
        creations.create(request, group);
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.of(connection);
    }

    @Override
    public void onRequest(InboundMessage request) {
        liveness.heard();
        if (!isAtWork && !Informationals.isDeletion(request)) {
            firstUse.run();
        }
        switch (request.header().exchange().orElse(ExchangeType.IKE_AUTH)) {
            case INFORMATIONAL -> informationals.onRequest(request);
            case CREATE_CHILD_SA -> onCreateChildSa(request);
            case IKE_FOLLOWUP_KE -> followUps.onRequest(request);
            default -> sa.drop(DatagramDrop.AGAINST_THE_RULES);
        }
    }

    @Override
    public void onResponse(InboundMessage response) {
        liveness.heard();
        queue.onResponse(response);
        if (response.header()
                .exchange()
                .filter(ExchangeType.IKE_FOLLOWUP_KE::equals)
                .isPresent()) {
            followUps.onResponse(response);
        }
    }

    /** With MOBIKE the peer says where it is, and packets of IKE alone change nothing (RFC 4555 3.8). */
    @Override
    public void heardFrom(Datagram datagram) {
        boolean isOurEnd = datagram.local().equals(sa.whereabouts().path().local());
        if (!mobility.isAgreed() && isOurEnd) {
            follower.heardFrom(datagram.remote());
        }
    }

    @Override
    public void answeredFrom(Datagram datagram) {
        if (mobility.isAgreed()) {
            mobility.answeredFrom(datagram);
        } else {
            heardFrom(datagram);
        }
    }

    /** Of ESP the kernel tells; it may be followed with MOBIKE too (RFC 4555 3.8). */
    void espHeardFrom(InetSocketAddress remote) {
        follower.heardFrom(remote);
    }

    @Override
    public List<Endpoints> otherWays() {
        return mobility.otherWays();
    }

    @Override
    public void onNoAnswer() {
        sa.close(CloseCause.DEAD_PEER);
    }

    @Override
    public void leave() {
        liveness.stop();
        creations.leave();
        rekeys.leave();
        lifetime.stop();
        ikeRekeys.leave();
        followUps.leave();
        keepalive.stop();
        follower.stop();
        mobility.stop();
        crash.forget();
        queue.abandon();
    }

    boolean isIdle() {
        return queue.isIdle() && !creations.isWaiting();
    }

    private boolean asksTooMuch() {
        int limit = services.settings().createChildLimit();
        if (limit == 0) {
            return false;
        }
        long now = services.environment().nanoTime();
        PeerDemands made = demands == null ? new PeerDemands(CREATIONS_AT_ONCE, limit, now) : demands;
        demands = made;
        boolean isTooMuch = !made.takes(now);
        if (isTooMuch && made.warns(now)) {
            sa.warn(
                    "the peer asks for child SAs or rekeys without end; it is told to wait as long as it makes more than"
                            + " create_child_limit = " + limit + " requests a second");
        }
        return isTooMuch;
    }

    private void onCreateChildSa(InboundMessage request) {
        if (asksTooMuch()) {
            sa.drop(DatagramDrop.CREATE_CHILD_LIMIT);
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
            return;
        }
        Optional<NotifyPayload> rekeySa = request.notify(NotifyType.REKEY_SA);
        if (rekeySa.isEmpty() && request.ts(PayloadType.TSI).isEmpty()) {
            ikeRekeys.onRequest(request);
        } else if (ikeRekeys.isUnderWay()) { // RFC 7296 2.25.2
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
        } else if (rekeySa.isPresent()) {
            rekeys.onRequest(request, rekeySa.get());
        } else {
            creations.onRequest(request);
        }
    }

    private Task liveness() {
        return mobility.liveness().<Task>map(exchange -> exchange).orElseGet(Liveness::new);
    }

    /** Unless an exchange is under way, which shows it as well. */
    void checkLiveness() {
        if (queue.isIdle()) {
            queue.add(new ExchangeQueue.Exchange(
                    ExchangeType.INFORMATIONAL,
                    ExchangeQueue.Subject.OTHER,
                    now -> Optional.of(now.liveness()),
                    (now, failure) -> now.warn(failure.sentence())));
        }
    }

    void measureRoundTrip(LongConsumer result) {
        queue.add(new ExchangeQueue.Exchange(
                ExchangeType.INFORMATIONAL,
                ExchangeQueue.Subject.OTHER,
                now -> Optional.of(new RoundTrip(services.environment()::nanoTime, result)),
                (now, failure) -> now.warn(failure.sentence())));
    }

    void warn(String text) {
        sa.warn(text);
    }
}
