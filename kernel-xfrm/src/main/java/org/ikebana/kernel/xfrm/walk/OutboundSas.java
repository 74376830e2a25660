package org.ikebana.kernel.xfrm.walk;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.TemplateEntry;
import org.ikebana.kernel.xfrm.table.XfrmCounter;
import org.ikebana.kernel.xfrm.table.XfrmTables;

/** Which SA wraps a packet. */
record OutboundSas(XfrmTables tables, Host host, Packet packet) {
    TemplateCheck check(TemplateEntry template) {
        return new TemplateCheck(
                template,
                tables.sas().stream()
                        .filter(sa -> SaSearch.isNear(sa, template))
                        .map(sa -> new SaCheck(sa, obstacles(sa, template)))
                        .sorted(bestFirst())
                        .toList());
    }

    /** Of those that the kernel takes, one that has not reached a soft limit, and of these the newest. */
    private Comparator<SaCheck> bestFirst() {
        return Comparator.comparing((SaCheck check) -> !check.isTaken())
                .thenComparing(check -> SaSearch.isDying(check.sa(), host))
                .thenComparing(check -> check.sa().added(), Comparator.reverseOrder());
    }

    private List<Obstacle> obstacles(SaEntry sa, TemplateEntry template) {
        List<Obstacle> obstacles = new ArrayList<>(SaSearch.differences(sa, template));
        if (sa.reqid() != template.reqid()) {
            obstacles.add(Obstacle.of("its reqid is " + sa.reqid() + ", the template's " + template.reqid()));
        }
        InetAddress source = SaSearch.isTransport(template) ? packet.source() : template.source();
        InetAddress destination = SaSearch.isTransport(template) ? packet.destination() : template.destination();
        if (!SaSearch.isBetween(sa, source, destination)) {
            obstacles.add(Obstacle.of("it is from " + sa.source().getHostAddress() + " to "
                    + sa.destination().getHostAddress()));
        }
        if (!sa.mark().matches(packet.mark())) {
            obstacles.add(Obstacle.of("it wants mark " + sa.mark()));
        }
        if (sa.ifId() != packet.ifId()) {
            obstacles.add(Obstacle.of("its if_id is 0x%x".formatted(sa.ifId())));
        }
        Mismatch.ofSelection(sa.selection(), packet).stream().map(Obstacle::of).forEach(obstacles::add);
        if (sa.direction().filter("in"::equals).isPresent()) {
            obstacles.add(new Obstacle("it is for receipt only", Optional.of(XfrmCounter.OUT_STATE_DIR_ERROR)));
        }
        if (SaSearch.isExpired(sa, host)) {
            obstacles.add(Obstacle.of("it is expired"));
        }
        if (!sa.isLarval() && sa.replay().left() <= 0) {
            obstacles.add(
                    new Obstacle("its sequence numbers are used up", Optional.of(XfrmCounter.OUT_STATE_SEQ_ERROR)));
        }
        return obstacles;
    }

    /** For a policy that asks for IPsec. */
    static Verdict verdict(Host host, List<TemplateCheck> templates) {
        List<SaEntry> sas = new ArrayList<>();
        for (TemplateCheck check : templates) {
            Optional<SaCheck> taken =
                    check.sas().stream().filter(SaCheck::isTaken).findFirst();
            if (taken.isPresent() && !taken.get().fits()) {
                Obstacle obstacle = taken.get().obstacles().getFirst();
                return new Verdict.Dropped(
                        taken.get().sa() + " is taken, but " + obstacle.reason(), obstacle.counter());
            }
            if (taken.isEmpty() && !check.template().isOptional()) {
                return new Verdict.Awaited(check.template().reqid(), larval(check), host.holdsWhileAcquiring());
            }
            taken.map(SaCheck::sa).ifPresent(sas::add);
        }
        return new Verdict.Sent(sas);
    }

    /** An ACQUIRE that is being answered. */
    private static Optional<SaEntry> larval(TemplateCheck check) {
        return check.sas().stream()
                .map(SaCheck::sa)
                .filter(sa -> sa.isLarval() && sa.info().seq() != 0)
                .findFirst();
    }
}
