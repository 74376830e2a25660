package org.ikebana.kernel.model;

import java.net.InetAddress;
import java.time.Instant;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;

/**
 * The SA that a template asks for. Its addresses are those of tunnels; in transport mode the packet's own count. A wildcard
 * source leaves the source open, as the model has no routes to find it by.
 *
 * @param packetSource what stands in for a wildcard source
 */
public record Wanted(
        PolicyKey policy,
        PolicyTemplate template,
        InetAddress source,
        InetAddress destination,
        InetAddress packetSource) {
    private static final Spi UNKNOWN = new Spi(0);

    public static Wanted by(
            PolicyKey policy, PolicyTemplate template, InetAddress packetSource, InetAddress packetDestination) {
        return template.mode() == SaMode.TRANSPORT
                ? new Wanted(policy, template, packetSource, packetDestination, packetSource)
                : new Wanted(policy, template, template.source(), template.destination(), packetSource);
    }

    public boolean fits(SaEntry entry) {
        return entry.mode() == template.mode()
                && entry.ifId() == policy.ifId()
                && entry.key().protocol() == template.protocol()
                && entry.key().destination().equals(destination)
                && (source.isAnyLocalAddress() || entry.source().equals(source))
                && entry.key().mark().matches(SaDatabase.value(policy.mark()));
    }

    LarvalSa larval(int acquireSeq, Instant now) {
        SaKey key = new SaKey(destination, UNKNOWN, template.protocol(), policy.mark());
        InetAddress from = source.isAnyLocalAddress() ? packetSource : source;
        return new LarvalSa(key, from, template.mode(), template.reqid(), policy.ifId(), acquireSeq, now);
    }
}
