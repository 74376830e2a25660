package org.ikebana.vici.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What stands in a section of a message. Values are octets, as a rule text; they may be secret. */
public sealed interface Element {
    String name();

    /** The octets are the element's own, and are not to be changed but by {@link Message#wipe}. */
    record Value(String name, byte[] octets) implements Element {
        public Value(String name, String text) {
            this(name, text.getBytes(StandardCharsets.UTF_8));
        }

        public String text() {
            return new String(octets, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Value value && name.equals(value.name) && Arrays.equals(octets, value.octets);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        /** Never the value. */
        @Override
        public String toString() {
            return name + " = " + octets.length + " octets";
        }
    }

    /** A list of values. */
    record Items(String name, List<Value> items) implements Element {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Section(String name, Message content) implements Element {}
}
