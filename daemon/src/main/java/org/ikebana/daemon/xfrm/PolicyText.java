package org.ikebana.daemon.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.TemplateEntry;
import org.ikebana.kernel.xfrm.table.XfrmWords;

/** A policy in a few lines. */
record PolicyText(ConnectionNames names) {
    String of(PolicyEntry policy) {
        return Stream.concat(
                                Stream.of(head(policy)),
                                policy.templates().stream().map(this::template))
                        .reduce((a, b) -> a + "\n    " + b)
                        .orElseThrow()
                + "\n";
    }

    /** {@code out policy 10.1.0.0/16 to 10.2.0.0/16: protect, priority 375423}. */
    String head(PolicyEntry policy) {
        List<String> words = new ArrayList<>(List.of(
                action(policy),
                "priority " + Integer.toUnsignedString(policy.info().priority())));
        if (!policy.mark().isNone()) {
            words.add("mark " + policy.mark());
        }
        if (policy.ifId() != 0) {
            words.add("if_id 0x%x".formatted(policy.ifId()));
        }
        policy.selection()
                .filter(selection -> selection.interfaceIndex() != 0)
                .ifPresent(selection -> words.add("interface " + selection.interfaceIndex()));
        words.addAll(XfrmWords.policyFlags(policy.info().flags()));
        return policy + ": " + String.join(", ", words);
    }

    /** {@code by esp tunnel from 192.0.2.1 to 192.0.2.2, reqid 65536 (site-b/lan)}. */
    String template(TemplateEntry template) {
        return "by " + XfrmWords.protocol(template.protocol()).toUpperCase(Locale.ROOT) + " "
                + XfrmWords.mode(template.mode())
                + (template.source().isAnyLocalAddress()
                        ? ""
                        : " from " + template.source().getHostAddress())
                + (template.destination().isAnyLocalAddress()
                        ? ""
                        : " to " + template.destination().getHostAddress())
                + (template.spi().value() == 0 ? "" : ", SPI " + template.spi())
                + ", reqid " + template.reqid() + names.inBrackets(template.reqid())
                + (template.isOptional() ? ", optional" : "");
    }

    private static String action(PolicyEntry policy) {
        if (policy.blocks()) {
            return "block";
        }
        return policy.templates().isEmpty() ? "pass" : "protect";
    }
}
