package org.ikebana.ike.sa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.EventContext;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ChildSelectors;
import org.ikebana.ike.wire.NotifyType;

/**
 * What is to be asked for next of the children of one IKE SA, where its peer takes them in parts (RFC 7296 2.9). Goes over to
 * a rekeyed IKE SA with the children.
 */
final class Partition {
    private static final int MOST_TOLD = 8;

    private final Environment environment;
    private final ChildSas children;
    private final Map<String, ChildParts> byChild = new HashMap<>(1);

    Partition(Environment environment, ChildSas children) {
        this.environment = environment;
        this.children = children;
    }

    /** The part of what is wanted that is to be asked for now; empty if there is nothing left to ask for. */
    Optional<ChildRequest> next(ChildRequest request) {
        ChildConfig config = request.config();
        List<ChildSelectors> served = served(config);
        if (config.reqid() != 0 && !served.isEmpty()) {
            return Optional.empty(); // it names one outbound SA
        }
        return parts(config)
                .next(wanted(config), served, request.packet(), environment.nanoTime())
                .map(part -> request.of(part.selectors(), part.packet()));
    }

    /** @throws KernelException for a further pair of a child whose reqid is fixed: it would have two outbound SAs */
    void admit(ChildConfig config, ChildSelectors selectors) throws KernelException {
        List<ChildSelectors> served = served(config);
        boolean isFurther = !served.isEmpty()
                && served.stream().noneMatch(s -> s.intersect(selectors).isPresent());
        if (config.reqid() != 0 && isFurther) {
            throw new KernelException(
                    "child " + config.name(),
                    0,
                    "the fixed reqid " + config.reqid()
                            + " allows for one pair of SAs; remove reqid from the configuration",
                    Optional.empty());
        }
    }

    /** A peer that has nothing of a child is asked for all of it, whatever it has refused before. */
    Optional<ChildRequest> first(ChildRequest request) {
        Optional<ChildRequest> next = next(request);
        if (next.isPresent() || !served(request.config()).isEmpty()) {
            return next;
        }
        parts(request.config()).forget();
        return next(request);
    }

    /** Whether a child is up in part, and more of it is to be asked for. */
    boolean isIncomplete(ChildConfig config) {
        return !served(config).isEmpty()
                && next(new ChildRequest(config, Optional.empty(), () -> 0)).isPresent();
    }

    /** Whether nothing is missing any more of what has been asked for. */
    boolean isServed(ChildRequest asked) {
        List<ChildSelectors> left = List.of(selectors(asked));
        for (ChildSelectors served : served(asked.config())) {
            left = left.stream().flatMap(part -> part.minus(served).stream()).toList();
        }
        return left.isEmpty();
    }

    /** Of this child a part is at work at least. */
    boolean isUp(ChildConfig config) {
        return !served(config).isEmpty();
    }

    void taken(ChildSa child) {
        parts(child.config()).taken(child.selectors());
    }

    /** Takes note of a refusal. False if it is none of a part, but of the child or of us. */
    boolean refused(ChildRequest asked, Failure failure) {
        boolean isUp = isUp(asked.config());
        int refusal = failure instanceof Failure.PeerRefused refused ? refused.refusal() : 0;
        boolean isTooMuch = refusal == NotifyType.SINGLE_PAIR_REQUIRED;
        boolean isOfAPart = isTooMuch
                || refusal == NotifyType.TS_UNACCEPTABLE
                || refusal == NotifyType.NO_ADDITIONAL_SAS && isUp
                || failure instanceof Failure.TrafficSelectorsUnacceptable;
        if (isOfAPart) {
            parts(asked.config())
                    .refused(
                            new ChildParts.Part(selectors(asked), asked.packet()),
                            isTooMuch,
                            isUp,
                            environment.nanoTime());
        }
        return isOfAPart;
    }

    /** The peer has what it takes of a child, and has refused the rest. */
    void report(ChildConfig config, Failure failure) {
        List<ChildSelectors> refused = parts(config).refused();
        String some =
                refused.stream().limit(MOST_TOLD).map(ChildSelectors::toString).collect(Collectors.joining(", "));
        environment.emit(new IkeEvent.Warning(
                Subsystem.CHILD,
                EventContext.of(children.owner().name()).withChild(config.name()),
                children.owner().name() + " child " + config.name(),
                "the peer takes a part of it only; not " + some
                        + (refused.size() > MOST_TOLD ? ", and more" : "")
                        + ", whose packets are held: " + failure.sentence()));
    }

    private ChildParts parts(ChildConfig config) {
        return byChild.computeIfAbsent(config.name(), name -> new ChildParts());
    }

    private List<ChildSelectors> served(ChildConfig config) {
        return children.all().stream()
                .filter(child -> child.config().name().equals(config.name()))
                .map(ChildSa::selectors)
                .toList();
    }

    private ChildSelectors wanted(ChildConfig config) {
        return ChildSelectors.of(config, children.localAddress(), children.remoteAddress());
    }

    private ChildSelectors selectors(ChildRequest asked) {
        return asked.selectors(children.localAddress(), children.remoteAddress());
    }
}
