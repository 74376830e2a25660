package org.ikebana.daemon.xfrm;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.*;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmUserAcquire;
import org.ikebana.kernel.xfrm.struct.XfrmUserMapping;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaId;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.Selection;
import org.ikebana.kernel.xfrm.table.XfrmWords;

/** What the kernel tells of a change, as a name and what it is about. */
record EventText(ConnectionNames names, boolean keys, Instant now) {
    /**
     * @param name {@code acquire}, {@code expire soft}, {@code sa added}, …
     * @param subject one line, or several where keys are shown
     */
    record Event(String name, String subject) {
        @Override
        public String toString() {
            return name + ": " + subject;
        }
    }

    Event of(XfrmMessage message) throws NetlinkFormatException {
        return switch (message) {
            case Acquire acquire -> acquire(acquire);
            case Expire expire ->
                new Event(
                        "expire " + kind(expire.body().hard()), sa(expire.body().state(), expire.attributes()));
            case PolicyExpire expire ->
                new Event(
                        "policy expire " + kind(expire.body().hard()),
                        policy(new NewPolicy(expire.body().pol(), expire.attributes())));
            case NewSa sa -> new Event("sa added", sa(sa.body(), sa.attributes()));
            case UpdateSa sa -> new Event("sa updated", sa(sa.body(), sa.attributes()));
            case DeleteSa sa -> new Event("sa deleted", deleted(sa));
            case FlushSa flush ->
                new Event("sas flushed", "protocol " + flush.body().proto());
            case NewPolicy policy -> new Event("policy added", policy(policy));
            case UpdatePolicy policy ->
                new Event("policy updated", policy(new NewPolicy(policy.body(), policy.attributes())));
            case DeletePolicy policy -> new Event("policy deleted", deleted(policy));
            case FlushPolicy flush -> new Event("policies flushed", "all");
            case Mapping mapping -> new Event("mapping", mapping(mapping.body()));
            case Migrate migrate ->
                new Event("migrate", selector(Selection.read(migrate.body().sel())));
            case NewAe event -> new Event("sequence numbers", key(event.body().saId()));
            case Report report ->
                new Event("report", selector(Selection.read(report.body().sel())));
            default -> new Event("message " + message.type(), "of a kind that is not explained here");
        };
    }

    private static String kind(int hard) {
        return hard == 0 ? "soft" : "hard";
    }

    private Event acquire(Acquire message) throws NetlinkFormatException {
        XfrmUserAcquire acquire = message.body();
        List<XfrmUserTmpl> templates = message.attributes().get(Xfrma.TMPL).orElse(List.of());
        String reqid = templates.isEmpty()
                ? ""
                : ", reqid " + templates.getFirst().reqid()
                        + names.inBrackets(templates.getFirst().reqid());
        return new Event(
                "acquire",
                selector(Selection.read(acquire.sel())) + " wants an SA" + reqid + ", seq "
                        + Integer.toUnsignedString(acquire.seq()));
    }

    private String sa(XfrmUsersaInfo info, Attributes attributes) throws NetlinkFormatException {
        SaEntry sa = SaEntry.read(new NewSa(info, attributes));
        SaText text = new SaText(names, keys, now);
        return keys ? text.of(sa).stripTrailing() : text.head(sa);
    }

    private String policy(NewPolicy message) throws NetlinkFormatException {
        return new PolicyText(names)
                .of(PolicyEntry.read(message))
                .stripTrailing()
                .replace("\n    ", ", ");
    }

    /** The whole SA comes as an attribute. */
    private String deleted(DeleteSa message) throws NetlinkFormatException {
        return message.attributes().get(Xfrma.SA).isPresent()
                ? sa(message.attributes().get(Xfrma.SA).orElseThrow(), message.attributes())
                : key(message.body());
    }

    /** The whole policy comes as an attribute. */
    private String deleted(DeletePolicy message) throws NetlinkFormatException {
        return message.attributes().get(Xfrma.POLICY).isPresent()
                ? policy(new NewPolicy(message.attributes().get(Xfrma.POLICY).orElseThrow(), message.attributes()))
                : XfrmWords.direction(message.body().dir()) + " policy "
                        + selector(Selection.read(message.body().sel()));
    }

    private String mapping(XfrmUserMapping mapping) throws NetlinkFormatException {
        int family = mapping.id().family();
        return key(mapping.id()) + " comes from "
                + mapping.newSaddr().inFamily(family).getHostAddress() + " port "
                + mapping.newSport() + ", no longer from "
                + mapping.oldSaddr().inFamily(family).getHostAddress() + " port " + mapping.oldSport() + ", reqid "
                + mapping.reqid() + names.inBrackets(mapping.reqid());
    }

    private static String key(XfrmUsersaId id) throws NetlinkFormatException {
        return XfrmWords.protocol(id.proto()).toUpperCase(Locale.ROOT) + " SA " + new Spi(id.spi()) + " to "
                + id.daddr().inFamily(id.family()).getHostAddress();
    }

    private static String selector(Optional<Selection> selection) {
        return selection.map(s -> s.selector().toString()).orElse("any to any");
    }
}
