package org.ikebana.config.plan;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SignatureConstraints;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.ts.AddressText;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.ts.ProtocolPorts;

/** Values as the configuration writes them. */
final class ValueText {
    private ValueText() {}

    static String addresses(List<AddressSpec> addresses) {
        return list(addresses, address -> switch (address) {
            case AddressSpec.Any any -> "%any";
            case AddressSpec.Exact exact -> AddressText.print(exact.address());
            case AddressSpec.Range range -> new IpRange(range.first(), range.last()).toString();
            case AddressSpec.Name name -> name.host();
        });
    }

    static String selectors(List<SelectorSpec> selectors) {
        return list(selectors, selector -> switch (selector) {
            case SelectorSpec.Fixed fixed -> fixed.selector().toString();
            case SelectorSpec.Dynamic dynamic ->
                "dynamic" + new ProtocolPorts(dynamic.protocol(), dynamic.startPort(), dynamic.endPort());
        });
    }

    static String proposals(int protocol, List<Proposal> proposals) {
        return proposals.equals(ProposalSyntax.defaults(protocol)) ? "default" : list(proposals, Proposal::toString);
    }

    static String identity(Identity identity) {
        return identity.equals(Identity.ANY) ? "%any" : identity.toString();
    }

    static String auth(AuthConfig round) {
        return switch (round.method()) {
            case PSK, NULL -> round.method().toString();
            case EAP ->
                round.eap().methods().size() == 1
                        ? round.eap().methods().getFirst().toString()
                        : round.eap().methods().stream()
                                .map(EapMethod::toString)
                                .collect(joining(" or "));
            case PUBKEY -> {
                String chain = signatures(round.publicKey().chain());
                String own = signatures(round.publicKey().signatures());
                yield chain.equals(own) ? chain : chain + "-ike:" + own;
            }
        };
    }

    static <T> String list(Collection<T> items, Function<T, ?> text) {
        return items.stream().map(item -> String.valueOf(text.apply(item))).collect(joining(", "));
    }

    private static String signatures(SignatureConstraints constraints) {
        return constraints.rules().stream().map(ValueText::rule).collect(joining("-"));
    }

    private static String rule(SignatureConstraints.Rule rule) {
        String keys = rule.types().size() == KeyType.values().length
                ? "pubkey"
                : rule.types().stream().map(KeyType::name).sorted().collect(joining("/"))
                        + (rule.pssOnly() ? "/pss" : "");
        String bits = rule.minBits() == 0 ? "" : "-" + rule.minBits();
        String hashes = rule.hashes().stream().map(hash -> "-" + hash.name()).collect(joining());
        return (keys + bits + hashes).toLowerCase(Locale.ROOT).replace("_", "");
    }
}
