package org.ikebana.config.syntax;

import java.util.List;
import org.ikebana.ike.wire.Octets;

/** What a message of vici is made of: the same tree as a file's, with octets for text and lists for what files put commas between. */
public sealed interface MessageElement {
    String name();

    record KeyValue(String name, Octets value) implements MessageElement {}

    record ItemList(String name, List<Octets> items) implements MessageElement {
        public ItemList {
            items = List.copyOf(items);
        }
    }

    record SubSection(String name, List<MessageElement> elements) implements MessageElement {
        public SubSection {
            elements = List.copyOf(elements);
        }
    }
}
