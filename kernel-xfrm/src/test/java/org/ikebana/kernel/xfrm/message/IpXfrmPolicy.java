package org.ikebana.kernel.xfrm.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.struct.*;

/** {@code ip xfrm policy …}. */
final class IpXfrmPolicy {
    private static final Map<String, Integer> FLAGS = Map.of("localok", 1, "icmp", 2);
    private static final Map<String, Integer> DEFAULTS = Map.of("block", 1, "accept", 2);

    private final Words words;
    private final IpXfrmParts.Selector selector = new IpXfrmParts.Selector();
    private final IpXfrmParts.Limits limits = new IpXfrmParts.Limits(-1);
    private final List<XfrmUserTmpl> templates = new ArrayList<>();
    private Attributes attributes = Attributes.NONE;
    private int direction;
    private int index;
    private int action;
    private int priority;
    private int flags;

    private IpXfrmPolicy(Words words) {
        this.words = words;
    }

    static XfrmMessage message(String verb, Words words) {
        return switch (verb) {
            case "add" -> new IpXfrmPolicy(words).parsed().newPolicy();
            case "update", "upd" -> {
                XfrmMessage.NewPolicy policy = new IpXfrmPolicy(words).parsed().newPolicy();
                yield new XfrmMessage.UpdatePolicy(policy.body(), policy.attributes());
            }
            case "delete", "del" -> {
                IpXfrmPolicy policy = new IpXfrmPolicy(words).parsed();
                yield new XfrmMessage.DeletePolicy(policy.id(), policy.attributes);
            }
            case "get" -> {
                IpXfrmPolicy policy = new IpXfrmPolicy(words).parsed();
                yield new XfrmMessage.GetPolicy(policy.id(), policy.attributes);
            }
            case "list", "show" -> new XfrmMessage.DumpPolicy(Attributes.NONE);
            case "flush" -> new XfrmMessage.FlushPolicy(new IpXfrmPolicy(words).parsed().attributes);
            case "count" -> new XfrmMessage.GetSpdInfo(FlagsWord.ALL, Attributes.NONE);
            case "set" -> thresholds(words);
            case "setdefault" -> defaults(words);
            case "getdefault" -> new XfrmMessage.GetDefault(new XfrmUserpolicyDefault(0, 0, 0), Attributes.NONE);
            default -> throw words.unknown();
        };
    }

    private IpXfrmPolicy parsed() {
        words.takeWhile(this::option);
        words.end();
        return this;
    }

    private boolean option(String word) {
        switch (word) {
            case "dir" -> direction = words.choice(IpXfrmParts.DIRECTIONS);
            case "mark" -> attributes = IpXfrmParts.mark(attributes, words);
            case "index" -> index = words.number();
            case "ptype" ->
                add(Xfrma.POLICY_TYPE, new XfrmUserpolicyType(words.next().equals("sub") ? 1 : 0));
            case "action" -> action = words.next().equals("block") ? 1 : 0;
            case "priority" -> priority = words.number();
            case "flag" -> {
                while (FLAGS.containsKey(words.peek())) {
                    flags |= words.choice(FLAGS);
                }
            }
            case "limit" -> limits.take(words);
            case "if_id" -> add(Xfrma.IF_ID, words.number());
            case "tmpl" -> templates.add(template());
            default -> {
                return selector.option(word, words);
            }
        }
        return true;
    }

    private XfrmUserTmpl template() {
        Template template = new Template();
        words.takeWhile(word -> template.option(word, words));
        return template.template(selector.family);
    }

    private XfrmMessage.NewPolicy newPolicy() {
        if (!templates.isEmpty()) {
            add(Xfrma.TMPL, List.copyOf(templates));
        }
        return new XfrmMessage.NewPolicy(
                new XfrmUserpolicyInfo(
                        selector.selector(Socket.AF_INET),
                        limits.limits(),
                        XfrmLifetimeCur.NONE,
                        priority,
                        index,
                        direction,
                        action,
                        flags,
                        0),
                attributes);
    }

    /** A policy named by its index has a selector of IPv4 all the same. */
    private XfrmUserpolicyId id() {
        return new XfrmUserpolicyId(selector.selector(Socket.AF_INET), index, direction);
    }

    private static XfrmMessage thresholds(Words words) {
        Attributes attributes = Attributes.NONE;
        while (words.hasNext()) {
            var type = switch (words.next()) {
                case "hthresh4" -> XfrmaSpd.IPV4_HTHRESH;
                case "hthresh6" -> XfrmaSpd.IPV6_HTHRESH;
                default -> throw words.unknown();
            };
            attributes = attributes.with(type, new XfrmuSpdhthresh(words.number(), words.number()));
        }
        return new XfrmMessage.NewSpdInfo(FlagsWord.ALL, attributes);
    }

    private static XfrmMessage defaults(Words words) {
        int in = 0;
        int out = 0;
        int forward = 0;
        while (words.hasNext()) {
            String direction = words.next();
            int what = words.choice(DEFAULTS);
            switch (direction) {
                case "in" -> in = what;
                case "out" -> out = what;
                case "fwd" -> forward = what;
                default -> throw words.unknown();
            }
        }
        return new XfrmMessage.SetDefault(new XfrmUserpolicyDefault(in, forward, out), Attributes.NONE);
    }

    private <T> void add(AttributeType<T> type, T value) {
        attributes = attributes.with(type, value);
    }

    /** {@code tmpl TMPL}. */
    private static final class Template {
        private final IpXfrmParts.Id id = new IpXfrmParts.Id();
        private int mode;
        private int reqid;
        private int optional;

        boolean option(String word, Words words) {
            switch (word) {
                case "mode" -> mode = words.choice(IpXfrmParts.MODES);
                case "reqid" -> reqid = words.number();
                case "level" -> optional = words.next().equals("use") ? 1 : 0;
                default -> {
                    return id.option(word, words);
                }
            }
            return true;
        }

        XfrmUserTmpl template(int selectorFamily) {
            int family = id.family != 0 ? id.family : selectorFamily;
            return new XfrmUserTmpl(id.id(), family, id.source, reqid, mode, 0, optional, -1, -1, -1);
        }
    }
}
