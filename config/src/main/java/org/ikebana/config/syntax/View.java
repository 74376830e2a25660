package org.ikebana.config.syntax;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.ikebana.ike.connection.SourceRef;

/** A section with all that it inherits: what it says itself comes first, then its templates from left to right. */
public final class View {
    private final List<Section> layers;
    private final Inheritance inheritance;

    View(List<Section> layers, Inheritance inheritance) {
        this.layers = layers;
        this.inheritance = inheritance;
    }

    public String name() {
        return layers.getFirst().name();
    }

    public SourceRef place() {
        return layers.getFirst().place();
    }

    /** Whether another section inherits from this very one. */
    public boolean isTemplate() {
        return inheritance.isTemplate(layers.getFirst());
    }

    /** Empty as well if the value was unset by an empty assignment. */
    public Optional<Setting> setting(String key) {
        for (Section layer : layers) {
            Optional<Setting> setting = layer.setting(key);
            if (setting.isPresent()) {
                return setting.filter(found -> !found.value().isEmpty());
            }
        }
        return Optional.empty();
    }

    /** All settings, inherited ones too, and those with an empty value that unset what would be inherited. */
    public Collection<Setting> settings() {
        Map<String, Setting> found = new LinkedHashMap<>();
        for (Section layer : layers) {
            for (Setting setting : layer.settings()) {
                found.putIfAbsent(setting.key(), setting);
            }
        }
        return found.values();
    }

    /** The subsections, own ones first; those of the same name in several layers become one view. */
    public List<View> sections() {
        SequencedMap<String, List<Section>> found = new LinkedHashMap<>();
        for (Section layer : layers) {
            for (Section section : layer.sections()) {
                found.computeIfAbsent(section.name(), name -> new ArrayList<>()).add(section);
            }
        }
        return found.values().stream().map(inheritance::view).toList();
    }

    public Optional<View> section(String name) {
        List<Section> same =
                layers.stream().flatMap(layer -> layer.section(name).stream()).toList();
        return same.isEmpty() ? Optional.empty() : Optional.of(inheritance.view(same));
    }
}
