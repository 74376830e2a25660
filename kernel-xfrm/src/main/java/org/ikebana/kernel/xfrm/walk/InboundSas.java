package org.ikebana.kernel.xfrm.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.TemplateEntry;
import org.ikebana.kernel.xfrm.table.XfrmCounter;
import org.ikebana.kernel.xfrm.table.XfrmTables;

/** Which SAs a packet may have come through. */
record InboundSas(XfrmTables tables, Host host, Packet packet) {
    TemplateCheck check(TemplateEntry template) {
        return new TemplateCheck(
                template,
                tables.sas().stream()
                        .filter(sa -> SaSearch.isNear(sa, template))
                        .map(sa -> new SaCheck(sa, obstacles(sa, template)))
                        .sorted((a, b) -> Boolean.compare(b.fits(), a.fits()))
                        .toList());
    }

    /** A template of reqid 0 takes any. */
    private List<Obstacle> obstacles(SaEntry sa, TemplateEntry template) {
        List<Obstacle> obstacles = new ArrayList<>(SaSearch.differences(sa, template));
        if (template.reqid() != 0 && sa.reqid() != template.reqid()) {
            obstacles.add(Obstacle.of("its reqid is " + sa.reqid() + ", the template's " + template.reqid()));
        }
        if (!SaSearch.isTransport(template) && !SaSearch.isBetween(sa, template.source(), template.destination())) {
            obstacles.add(Obstacle.of("it is from " + sa.source().getHostAddress() + " to "
                    + sa.destination().getHostAddress()));
        }
        if (!host.addresses().contains(sa.destination())) {
            obstacles.add(Obstacle.of(sa.destination().getHostAddress() + " is no address of this host"));
        }
        if (sa.direction().filter("out"::equals).isPresent()) {
            obstacles.add(new Obstacle("it is for sending only", Optional.of(XfrmCounter.IN_STATE_DIR_ERROR)));
        }
        if (SaSearch.isExpired(sa, host)) {
            obstacles.add(new Obstacle("it is expired", Optional.of(XfrmCounter.IN_STATE_EXPIRED)));
        }
        Mismatch.ofSelection(sa.selection(), packet).stream()
                .map(reason -> new Obstacle(reason, Optional.of(XfrmCounter.IN_STATE_MISMATCH)))
                .forEach(obstacles::add);
        return obstacles;
    }

    /** For a policy that asks for IPsec. */
    static Verdict verdict(List<TemplateCheck> templates) {
        for (TemplateCheck check : templates) {
            if (check.fitting().isEmpty() && !check.template().isOptional()) {
                return new Verdict.Dropped(
                        "the policy asks for IPsec, and there is no SA through which it could have come",
                        Optional.of(XfrmCounter.IN_TMPL_MISMATCH));
            }
        }
        return new Verdict.OnlyThrough(
                templates.stream().flatMap(check -> check.fitting().stream()).toList());
    }
}
