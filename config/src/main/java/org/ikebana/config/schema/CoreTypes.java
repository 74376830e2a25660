package org.ikebana.config.schema;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.proposal.ProposalSyntaxException;
import org.ikebana.ike.ts.ProtocolPorts;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.ts.SelectorSyntaxException;
import org.ikebana.ike.wire.ProtocolId;

/** The types of values whose syntax ike-core knows. */
public final class CoreTypes {
    public static final ValueType<List<Proposal>> IKE_PROPOSALS =
            ValueType.of("proposals", text -> proposals(ProtocolId.IKE, text));
    public static final ValueType<List<Proposal>> ESP_PROPOSALS =
            ValueType.of("proposals", text -> proposals(ProtocolId.ESP, text));
    public static final ValueType<List<SelectorSpec>> SELECTORS =
            ValueType.of("selectors", text -> CommaList.parse(text, CoreTypes::selector));
    public static final ValueType<Identity> IDENTITY = ValueType.of("identity", CoreTypes::identity);

    /** An identity in a section with secrets: its errors repeat nothing of it. */
    public static final ValueType<Identity> OWNER = ValueType.of("identity", CoreTypes::owner);

    private static final Pattern DYNAMIC = Pattern.compile("dynamic\\s*(?=\\[|$)", Pattern.CASE_INSENSITIVE);

    private CoreTypes() {}

    private static List<Proposal> proposals(int protocol, String text) throws BadValue {
        try {
            return ProposalSyntax.parseList(protocol, text);
        } catch (ProposalSyntaxException bad) {
            throw BadValue.saying(bad.index(), bad);
        }
    }

    private static SelectorSpec selector(String text) throws BadValue {
        Matcher dynamic = DYNAMIC.matcher(text);
        int offset = dynamic.lookingAt() ? dynamic.end() : 0;
        try {
            if (offset > 0) {
                ProtocolPorts ports = SelectorSyntax.parsePorts(text.substring(offset));
                return new SelectorSpec.Dynamic(ports.protocol(), ports.startPort(), ports.endPort());
            }
            return new SelectorSpec.Fixed(SelectorSyntax.parse(text));
        } catch (SelectorSyntaxException bad) {
            throw BadValue.saying(bad.index() + offset, bad);
        }
    }

    private static Identity identity(String text) throws BadValue {
        try {
            return Identity.parse(text);
        } catch (IdentitySyntaxException bad) {
            throw BadValue.saying(bad.index(), bad);
        }
    }

    private static Identity owner(String text) throws BadValue {
        try {
            return Identity.parse(text);
        } catch (IdentitySyntaxException bad) {
            throw new BadValue(
                    bad.index(),
                    "this is not an identity",
                    "write an address, a name, user@name, a distinguished name or keyid:...");
        }
    }
}
