package org.ikebana.vici.load;

import java.util.List;
import org.ikebana.config.syntax.MessageElement;
import org.ikebana.ike.wire.Octets;
import org.ikebana.vici.wire.Element;

/** A message as the configuration's reader takes it; nothing of it is shared. */
final class Elements {
    private Elements() {}

    static MessageElement.SubSection section(Element.Section section) {
        List<MessageElement> elements =
                section.content().elements().stream().map(Elements::element).toList();
        return new MessageElement.SubSection(section.name(), elements);
    }

    private static MessageElement element(Element element) {
        return switch (element) {
            case Element.Value value -> new MessageElement.KeyValue(value.name(), octets(value));
            case Element.Items items ->
                new MessageElement.ItemList(
                        items.name(),
                        items.items().stream().map(Elements::octets).toList());
            case Element.Section section -> section(section);
        };
    }

    private static Octets octets(Element.Value value) {
        return Octets.copyOf(value.octets());
    }
}
