package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.MoveCause;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.AddressExchange;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.NatStatus;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/**
 * Decides where an IKE SA goes when addresses change (RFC 4555). Who began it chooses the addresses; the other end follows
 * once it has seen that the new address answers. Children in transport mode stay behind and are made anew ({@link ChildMove}).
 */
final class Mobility {
    /** Interfaces go and come in several steps. */
    private static final Duration SETTLING = Duration.ofMillis(200);

    /** How often a request is made anew that somebody on the way has changed (RFC 4555 3.9). */
    private static final int NAT_RETRIES = 5;

    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private final PathChoice choice;
    private final AddressRequests requests;
    private MobikeAgreement agreement;
    private List<InetAddress> told = List.of();
    private Optional<InetAddress> lastRoute = Optional.empty();
    private Optional<Octets> lastSeenAs = Optional.empty();
    private Optional<Timer> settling = Optional.empty();
    private boolean isHomeless;
    private int natRetries;

    Mobility(IkeSa sa, SaServices services, Established established, MobikeAgreement agreement) {
        this.sa = sa;
        this.services = services;
        this.established = established;
        this.agreement = agreement;
        this.choice = new PathChoice(services.environment(), established.config());
        this.requests = new AddressRequests(sa, services, established);
    }

    MobikeAgreement agreement() {
        return agreement;
    }

    boolean isAgreed() {
        return agreement.agreed();
    }

    /** What was said in IKE_AUTH, and how the peer is reached, is what later changes are measured by. */
    void start() {
        if (isAgreed()) {
            told = choice.additional(path().local().getAddress());
            lastRoute = choice.route(path().remote().getAddress());
        }
    }

    void stop() {
        settling.ifPresent(Timer::cancel);
        settling = Optional.empty();
    }

    /** A rekeyed IKE SA goes on from here. */
    void takeOver(Mobility before) {
        agreement = before.agreement;
        told = before.told;
        lastRoute = before.lastRoute;
        isHomeless = before.isHomeless;
        if (before.settling.isPresent()) {
            onAddressChanged();
        }
        boolean isBetween = isAgreed() && !path().equals(whereabouts().childrensPath());
        if (isBetween && agreement.decides()) {
            ask(MoveCause.OWN_ADDRESS);
        } else if (isBetween) {
            check(MoveCause.PEER_ASKED);
        } else if (isHomeless) {
            announce();
        }
    }

    // ---- what happens on this host

    void onAddressChanged() {
        if (!isAgreed()) {
            return;
        }
        if (!choice.isOurs(path().local().getAddress())) {
            reconsider(); // whatever is still to come, this way is dead
        } else if (settling.isEmpty()) {
            settling = Optional.of(services.environment().after(SETTLING, () -> {
                settling = Optional.empty();
                reconsider();
            }));
        }
    }

    private void reconsider() {
        InetAddress own = path().local().getAddress();
        Optional<InetAddress> route = choice.route(path().remote().getAddress());
        if (route.isEmpty()) {
            return; // a route that comes back is a change as well
        }
        boolean isGone = !choice.isOurs(own);
        boolean isOtherRoute = agreement.decides() && !route.equals(lastRoute);
        lastRoute = route;
        if ((isGone || isOtherRoute) && !route.get().equals(own)) {
            goFrom(route.get());
        } else if (!choice.additional(own).equals(told)) {
            announce();
        }
    }

    private void goFrom(InetAddress own) {
        Path next = path().from(own);
        whereabouts().redirect(next);
        established.onPathChanged();
        sa.exchanges().own().sendAgain();
        if (agreement.decides()) {
            ask(MoveCause.OWN_ADDRESS);
        } else {
            isHomeless = true;
            announce();
        }
        whereabouts().follow(MoveCause.OWN_ADDRESS); // what is made anew is asked for once the peer knows where we are
    }

    // ---- what the peer's silence and answers say

    /** Where else the peer may be. A responder looks elsewhere only when it has lost its own address (RFC 4555 3.6). */
    List<Endpoints> otherWays() {
        boolean mayLook = isAgreed() && (agreement.decides() || isHomeless);
        return mayLook ? choice.otherWays(path().endpoints(), agreement.peerAddresses()) : List.of();
    }

    /** Only one of the ways that a request has gone brought an answer. */
    void answeredFrom(Datagram datagram) {
        Path way = path().to(new Endpoints(datagram.local(), datagram.remote()));
        boolean isOther = !way.equals(path()) && otherWays().contains(way.endpoints());
        if (isOther) {
            whereabouts().redirect(way);
            if (agreement.decides()) {
                ask(MoveCause.PATH_DEAD);
            } else {
                check(MoveCause.PATH_DEAD);
            }
        }
    }

    /** Behind a NAT the question whether the peer is there also asks under which address it sees us (RFC 4555 3.8). */
    Optional<AddressExchange> liveness() {
        boolean isWorthIt = isAgreed() && agreement.decides() && path().nat().local();
        return isWorthIt ? Optional.of(requests.natDetection(this::onSeenAs)) : Optional.empty();
    }

    /** What IKE_SA_INIT said is of another port, so that the first time always leads to a move, which is one to nowhere. */
    private void onSeenAs(AddressExchange done) {
        boolean isChanged = done.seenAs().isPresent() && !done.seenAs().equals(lastSeenAs);
        lastSeenAs = done.seenAs();
        if (isChanged) {
            ask(MoveCause.NAT_MAPPING);
        }
    }

    // ---- what we say

    /** Has the peer move the SAs to our way (RFC 4555 3.5). Children that have not moved yet do so when it has answered. */
    private void ask(MoveCause cause) {
        requests.add(now -> now.mobility().update(cause));
    }

    private AddressExchange update(MoveCause cause) {
        Path asked = path();
        List<InetAddress> additional = choice.additional(asked.local().getAddress());
        Optional<List<InetAddress>> news = additional.equals(told) ? Optional.empty() : Optional.of(additional);
        told = additional;
        return requests.update(news, done -> onUpdated(done, asked, cause));
    }

    private void onUpdated(AddressExchange done, Path asked, MoveCause cause) {
        if (!asked.endpoints().equals(path().endpoints())) {
            return; // gone on since: another request is on its way, this answer says nothing (RFC 4555 3.5)
        }
        if (done.isTold(NotifyType.UNEXPECTED_NAT_DETECTED)) {
            onUnexpectedNat(cause);
        } else if (done.isTold(NotifyType.UNACCEPTABLE_ADDRESSES)) {
            sa.warn("the peer does not accept " + asked.local() + " - " + asked.remote());
        } else {
            natRetries = 0;
            lastSeenAs = done.seenAs();
            arrive(done.natStatus(), asked.equals(whereabouts().childrensPath()) ? MoveCause.NAT_FOUND : cause);
        }
    }

    private void onUnexpectedNat(MoveCause cause) {
        if (++natRetries <= NAT_RETRIES) {
            ask(cause);
        } else {
            sa.warn("a NAT is on the new path, and the peer allows for none");
        }
    }

    /** Shows that the peer receives what we send there before its traffic goes there (RFC 4555 3.7). */
    private void check(MoveCause cause) {
        Path asked = path();
        requests.add(now -> now.mobility().routability(asked, cause));
    }

    private AddressExchange routability(Path asked, MoveCause cause) {
        return requests.routability(done -> {
            if (asked.endpoints().equals(path().endpoints())) {
                arrive(Optional.empty(), cause);
            }
        });
    }

    private void arrive(Optional<NatStatus> found, MoveCause cause) {
        found.ifPresent(nat -> whereabouts().redirect(path().with(nat)));
        lastRoute = choice.route(path().remote().getAddress());
        whereabouts().follow(cause);
        established.onPathChanged();
    }

    private void announce() {
        requests.add(now -> now.mobility().announcement());
    }

    private AddressExchange announcement() {
        told = choice.additional(path().local().getAddress());
        return requests.announcement(told, done -> isHomeless = false);
    }

    // ---- what the peer says

    /** Adds to the response of an INFORMATIONAL request; what is to be done comes after it. */
    Runnable onRequest(InboundMessage request, List<Payload> response) {
        AddressExchange asked = requests.received(request);
        asked.buildResponse(response);
        boolean isUpdate = asked.isTold(NotifyType.UPDATE_SA_ADDRESSES);
        if (!isAgreed() || !(isUpdate || asked.peerAddresses().isPresent())) {
            return () -> {};
        }
        Path way = path().to(new Endpoints(
                request.datagram().local(), request.datagram().remote()));
        if (asked.hasUnexpectedNat()) {
            response.add(NotifyPayload.of(NotifyType.UNEXPECTED_NAT_DETECTED));
            return () -> {};
        }
        return () -> heed(asked, isUpdate, way);
    }

    private void heed(AddressExchange asked, boolean isUpdate, Path way) {
        asked.peerAddresses().ifPresent(addresses -> agreement = agreement.with(addresses));
        if (isUpdate && !agreement.decides()) {
            followTo(asked.natStatus().map(way::with).orElse(way));
        } else if (agreement.decides() && !isPeersAddress(path().remote().getAddress(), way)) {
            whereabouts().redirect(way);
            sa.exchanges().own().sendAgain();
            ask(MoveCause.PEER_ASKED);
        }
    }

    /** The request's own way counts, as a NAT may have changed it (RFC 4555 3.5). */
    private void followTo(Path way) {
        InetAddress verified = whereabouts().childrensPath().remote().getAddress();
        whereabouts().redirect(way);
        established.onPathChanged();
        sa.exchanges().own().sendAgain();
        if (way.remote().getAddress().equals(verified)) {
            arrive(Optional.empty(), MoveCause.PEER_ASKED);
        } else {
            check(MoveCause.PEER_ASKED);
        }
    }

    private boolean isPeersAddress(InetAddress address, Path way) {
        return way.remote().getAddress().equals(address)
                || agreement.peerAddresses().contains(address);
    }

    private Path path() {
        return whereabouts().path();
    }

    private Whereabouts whereabouts() {
        return sa.whereabouts();
    }
}
