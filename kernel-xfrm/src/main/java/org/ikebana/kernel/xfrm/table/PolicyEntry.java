package org.ikebana.kernel.xfrm.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;

/**
 * A policy, with all that the kernel tells of it.
 *
 * @param selection which packets it is for; empty for all
 * @param info the struct that was read
 * @param attributes those that were read, unknown ones among them
 */
public record PolicyEntry(
        Optional<Selection> selection, List<TemplateEntry> templates, XfrmUserpolicyInfo info, Attributes attributes) {
    /** {@code XFRM_POLICY_IN}, {@code _OUT}, {@code _FWD}; more is a policy of one socket. */
    public static final int IN = 0;

    public static final int OUT = 1;
    public static final int FORWARD = 2;

    private static final int XFRM_POLICY_BLOCK = 1;
    private static final int XFRM_POLICY_TYPE_MAIN = 0;

    public static PolicyEntry read(NewPolicy message) throws NetlinkFormatException {
        XfrmUserpolicyInfo info = message.body();
        List<TemplateEntry> templates = new ArrayList<>();
        for (XfrmUserTmpl template : message.attributes().get(Xfrma.TMPL).orElse(List.of())) {
            templates.add(TemplateEntry.read(template));
        }
        return new PolicyEntry(Selection.read(info.sel()), List.copyOf(templates), info, message.attributes());
    }

    public int direction() {
        return info.dir();
    }

    /** Of one socket, which set it for itself, as IKE daemons do. */
    public boolean isOfSocket() {
        return direction() > FORWARD;
    }

    /** Not one of the sub-policies that some kernels have beside. */
    public boolean isMain() {
        return attributes
                .get(Xfrma.POLICY_TYPE)
                .map(type -> type.type() == XFRM_POLICY_TYPE_MAIN)
                .orElse(true);
    }

    public boolean blocks() {
        return info.action() == XFRM_POLICY_BLOCK;
    }

    public Mark mark() {
        return attributes.get(Xfrma.MARK).map(m -> new Mark(m.v(), m.m())).orElse(Mark.NONE);
    }

    public int ifId() {
        return attributes.get(Xfrma.IF_ID).orElse(0);
    }

    /** {@code out policy 10.1.0.0/16 to 10.2.0.0/16}, like {@link org.ikebana.ike.kernel.PolicyKey}. */
    @Override
    public String toString() {
        return XfrmWords.direction(direction()) + " policy "
                + selection.map(s -> s.selector().toString()).orElse("any to any");
    }
}
