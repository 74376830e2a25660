package org.ikebana.kernel.xfrm.table;

import java.net.InetAddress;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;

/**
 * What a packet of a policy must be wrapped in, or have been.
 *
 * @param source outer address, the wildcard for any
 * @param destination outer address, the wildcard for the packet's own
 */
public record TemplateEntry(InetAddress source, InetAddress destination, XfrmUserTmpl template) {
    static TemplateEntry read(XfrmUserTmpl template) throws NetlinkFormatException {
        return new TemplateEntry(
                template.saddr().inFamily(template.family()),
                template.id().daddr().inFamily(template.family()),
                template);
    }

    public int protocol() {
        return template.id().proto();
    }

    /** 0 for the SPI of any SA that fits. */
    public Spi spi() {
        return new Spi(template.id().spi());
    }

    public int reqid() {
        return template.reqid();
    }

    public int mode() {
        return template.mode();
    }

    /** A packet may do without. */
    public boolean isOptional() {
        return template.optional() != 0;
    }
}
