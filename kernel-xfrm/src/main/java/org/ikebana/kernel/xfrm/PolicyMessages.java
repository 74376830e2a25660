package org.ikebana.kernel.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DeletePolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdatePolicy;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmId;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyId;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;

/** Policies as messages, and messages as policies. */
final class PolicyMessages {
    private static final int XFRM_POLICY_ALLOW = 0;
    private static final int XFRM_POLICY_BLOCK = 1;
    private static final int XFRM_POLICY_TYPE_MAIN = 0;
    /** {@code XFRM_POLICY_IN}, {@code OUT}, {@code FWD}; sockets have 3 and more. */
    private static final List<Direction> DIRECTIONS = List.of(Direction.IN, Direction.OUT, Direction.FORWARD);
    /** The SA may use any algorithm. */
    private static final int ANY_ALGORITHM = -1;

    /** In the order in which our own messages have them. */
    private static final List<AttributeType<?>> IDENTITY = List.of(Xfrma.MARK, Xfrma.IF_ID);

    private PolicyMessages() {}

    static UpdatePolicy put(Policy policy) {
        PolicyKey key = policy.key();
        XfrmUserpolicyInfo info = new XfrmUserpolicyInfo(
                Selectors.toKernel(key.selector()),
                XfrmLifetimeCfg.UNLIMITED,
                XfrmLifetimeCur.NONE,
                policy.priority(),
                0,
                DIRECTIONS.indexOf(key.direction()),
                action(policy.action()),
                0,
                0);
        return new UpdatePolicy(info, identity(key, templates(policy.templates())));
    }

    /** A policy as the kernel told it, put back unchanged. */
    static UpdatePolicy putBack(NewPolicy policy) {
        return new UpdatePolicy(policy.body(), policy.attributes());
    }

    static DeletePolicy delete(PolicyKey key) {
        return new DeletePolicy(id(key), identity(key, Attributes.NONE));
    }

    static GetPolicy get(PolicyKey key) {
        return new GetPolicy(id(key), identity(key, Attributes.NONE));
    }

    /** Asks for this one again, under its identity alone: equal to {@link #get(PolicyKey)} for the same key. */
    static GetPolicy get(NewPolicy policy) {
        Attributes identity = Attributes.NONE;
        for (AttributeType<?> type : IDENTITY) {
            identity = copy(type, policy.attributes(), identity);
        }
        return new GetPolicy(
                new XfrmUserpolicyId(policy.body().sel(), 0, policy.body().dir()), identity);
    }

    private static <T> Attributes copy(AttributeType<T> type, Attributes from, Attributes to) {
        return from.get(type).map(value -> to.with(type, value)).orElse(to);
    }

    /** Empty for what has no place among our records: policies of sockets, sub-policies, Mobile IPv6. */
    static Optional<Policy> read(NewPolicy message) throws NetlinkFormatException {
        XfrmUserpolicyInfo info = message.body();
        Attributes attributes = message.attributes();
        if (!isMain(message) || info.dir() >= DIRECTIONS.size()) {
            return Optional.empty();
        }
        List<XfrmUserTmpl> kernelTemplates = attributes.get(Xfrma.TMPL).orElse(List.of());
        List<PolicyTemplate> templates = new ArrayList<>();
        for (XfrmUserTmpl template : kernelTemplates) {
            template(template).ifPresent(templates::add);
        }
        if (templates.size() < kernelTemplates.size()) {
            return Optional.empty();
        }
        PolicyKey key = new PolicyKey(
                Selectors.fromKernel(info.sel()),
                DIRECTIONS.get(info.dir()),
                Selectors.mark(attributes),
                attributes.get(Xfrma.IF_ID).orElse(0));
        Policy.Action action = info.action() == XFRM_POLICY_ALLOW ? Policy.Action.ALLOW : Policy.Action.BLOCK;
        return Optional.of(new Policy(key, info.priority(), action, templates));
    }

    /** Kernels with sub-policies keep those in a database of their own. */
    static boolean isMain(NewPolicy message) {
        return message.attributes()
                .get(Xfrma.POLICY_TYPE)
                .map(type -> type.type() == XFRM_POLICY_TYPE_MAIN)
                .orElse(true);
    }

    private static XfrmUserpolicyId id(PolicyKey key) {
        return new XfrmUserpolicyId(Selectors.toKernel(key.selector()), 0, DIRECTIONS.indexOf(key.direction()));
    }

    private static Attributes identity(PolicyKey key, Attributes attributes) {
        return Selectors.withIfId(Selectors.withMark(attributes, key.mark()), key.ifId());
    }

    private static int action(Policy.Action action) {
        return switch (action) {
            case ALLOW -> XFRM_POLICY_ALLOW;
            case BLOCK -> XFRM_POLICY_BLOCK;
        };
    }

    private static Attributes templates(List<PolicyTemplate> templates) {
        return templates.isEmpty()
                ? Attributes.NONE
                : Attributes.NONE.with(
                        Xfrma.TMPL,
                        templates.stream().map(PolicyMessages::template).toList());
    }

    private static XfrmUserTmpl template(PolicyTemplate template) {
        return new XfrmUserTmpl(
                new XfrmId(
                        XfrmAddress.of(template.destination()),
                        0,
                        template.protocol().number()),
                IpFamily.of(template.destination()).number(),
                XfrmAddress.of(template.source()),
                template.reqid(),
                Modes.toKernel(template.mode()),
                0,
                template.optional() ? 1 : 0,
                ANY_ALGORITHM,
                ANY_ALGORITHM,
                ANY_ALGORITHM);
    }

    private static Optional<PolicyTemplate> template(XfrmUserTmpl template) throws NetlinkFormatException {
        Optional<SaProtocol> protocol = Modes.protocol(template.id().proto());
        Optional<SaMode> mode = Modes.fromKernel(template.mode());
        if (protocol.isEmpty() || mode.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PolicyTemplate(
                template.saddr().inFamily(template.family()),
                template.id().daddr().inFamily(template.family()),
                protocol.get(),
                mode.get(),
                template.reqid(),
                template.optional() != 0));
    }
}
