package org.ikebana.config;

import static org.ikebana.config.schema.IkebanaTable.INTERFACE_ADDRESSES;
import static org.ikebana.config.schema.IkebanaTable.INTERFACE_IF_ID;
import static org.ikebana.config.schema.IkebanaTable.XFRM_NAMED_INTERFACE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.problem.Quote;
import org.ikebana.config.schema.TypedSection;

/** The XFRM interfaces that {@code ikebana.conf} asks for by name. */
final class XfrmInterfaces {
    /** {@code IFNAMSIZ} less the zero octet at its end. */
    private static final int LONGEST_NAME = 15;

    private XfrmInterfaces() {}

    /** As the backend takes them: name, if_id and addresses with spaces, interfaces with semicolons between them. */
    static Optional<String> read(TypedSection xfrm, Problems problems) {
        List<TypedSection> all = xfrm.section("interfaces").stream()
                .flatMap(section -> section.sections(XFRM_NAMED_INTERFACE).stream())
                .toList();
        Map<Integer, String> names = new HashMap<>();
        all.forEach(section -> check(section, names, problems));
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.stream().map(XfrmInterfaces::words).collect(Collectors.joining(";")));
    }

    private static void check(TypedSection section, Map<Integer, String> names, Problems problems) {
        String name = section.name();
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*") || name.length() > LONGEST_NAME) {
            problems.error(
                    section.place(),
                    Quote.of(name) + " is no name of an interface",
                    "write up to " + LONGEST_NAME + " letters and digits, as in vti-b");
        }
        Optional<Integer> ifId = section.find(INTERFACE_IF_ID);
        if (!section.isGiven(INTERFACE_IF_ID) || ifId.filter(id -> id == 0).isPresent()) {
            problems.error(
                    section.place(),
                    "the interface " + name + " has no if_id",
                    "add if_id = and the number that its children have as if_id_in and if_id_out");
        }
        ifId.map(id -> names.putIfAbsent(id, name))
                .ifPresent(other -> problems.error(
                        section.place(INTERFACE_IF_ID),
                        name + " has the if_id of " + other,
                        "give each interface an if_id of its own"));
    }

    private static String words(TypedSection section) {
        return Stream.concat(
                        Stream.of(
                                section.name(),
                                Integer.toUnsignedString(
                                        section.find(INTERFACE_IF_ID).orElse(0))),
                        section.find(INTERFACE_ADDRESSES).stream().flatMap(List::stream))
                .collect(Collectors.joining(" "));
    }
}
