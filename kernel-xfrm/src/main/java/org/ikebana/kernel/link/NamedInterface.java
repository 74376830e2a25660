package org.ikebana.kernel.link;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An XFRM interface that is asked for by name, to be made when a tunnel needs its if_id. */
public record NamedInterface(String name, List<InterfaceAddress> addresses) {
    public NamedInterface {
        addresses = List.copyOf(addresses);
    }

    /**
     * From the text of an option: {@code vti-b 42 169.254.1.1/30 fd00::1/64}, several with semicolons between them.
     *
     * @return by if_id
     * @throws IllegalArgumentException if that is not how it is
     */
    static Map<Integer, NamedInterface> parse(String text) {
        Map<Integer, NamedInterface> interfaces = new LinkedHashMap<>();
        for (String one : text.split(";", -1)) {
            if (!one.isBlank()) {
                List<String> words = Arrays.asList(one.strip().split(" +", -1));
                List<InterfaceAddress> addresses = words.subList(2, words.size()).stream()
                        .map(InterfaceAddress::parse)
                        .toList();
                interfaces.put(Integer.parseUnsignedInt(words.get(1)), new NamedInterface(words.getFirst(), addresses));
            }
        }
        return interfaces;
    }
}
