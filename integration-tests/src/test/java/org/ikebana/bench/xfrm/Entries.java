package org.ikebana.bench.xfrm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.TransformType;

/** What is put into the databases: the same for both contestants. */
final class Entries {
    static final String ENDS = "src 192.0.2.1 dst 192.0.2.2";
    static final int FIRST_SPI = 0x10000;
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");
    private static final IpPrefix LAN = new IpPrefix(InetAddress.ofLiteral("10.1.0.0"), 16);
    private static final byte[] KEY = new byte[36];

    private Entries() {}

    static Policy policy(int i) {
        PolicyTemplate tunnel = new PolicyTemplate(HERE, THERE, SaProtocol.ESP, SaMode.TUNNEL, i);
        return new Policy(policyKey(i), 1000, Policy.Action.ALLOW, List.of(tunnel));
    }

    static PolicyKey policyKey(int i) {
        PolicySelector traffic =
                new PolicySelector(LAN, IpPrefix.host(destination(i)), 0, PortMatch.ANY, PortMatch.ANY);
        return new PolicyKey(traffic, Direction.OUT, Mark.NONE, 0);
    }

    static SecurityAssociation sa(int i) {
        return new SecurityAssociation(
                saKey(i),
                HERE,
                Direction.OUT,
                SaMode.TUNNEL,
                i,
                0,
                new SaAlgorithms(
                        new Transform(TransformType.ENCR, EncrId.AES_GCM_16, 256),
                        Secret.copyOf(KEY),
                        Optional.empty()),
                Optional.empty(),
                0,
                false,
                Lifetimes.NONE,
                Optional.empty(),
                0,
                0,
                SaFlags.DEFAULT);
    }

    static SaKey saKey(int i) {
        return new SaKey(THERE, new Spi(FIRST_SPI + i), SaProtocol.ESP, Mark.NONE);
    }

    static InetAddress source() {
        return HERE;
    }

    static String selectorWords(int i) {
        return "src 10.1.0.0/16 dst " + destination(i).getHostAddress() + "/32";
    }

    static String keyHex() {
        return HexFormat.of().formatHex(KEY);
    }

    private static InetAddress destination(int i) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 2, (byte) (i >> 8), (byte) i});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
