package org.ikebana.config.syntax;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.connection.SourceRef;
import org.jspecify.annotations.Nullable;

/** A section as it is written, all blocks of the same name merged; what it inherits is found through {@link View}. */
public final class Section {
    private final String name;
    private final SourceRef place;
    private final List<Reference> references = new ArrayList<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();

    Section(String name, SourceRef place) {
        this.name = name;
        this.place = place;
    }

    /** Empty for the root. */
    public String name() {
        return name;
    }

    /** Of the first block. */
    public SourceRef place() {
        return place;
    }

    public List<Reference> references() {
        return Collections.unmodifiableList(references);
    }

    public Optional<Setting> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** In the order in which the keys first appear. */
    public Collection<Setting> settings() {
        return Collections.unmodifiableCollection(settings.values());
    }

    public Optional<Section> section(String wanted) {
        return Optional.ofNullable(sections.get(wanted));
    }

    /** In the order in which the names first appear. */
    public Collection<Section> sections() {
        return Collections.unmodifiableCollection(sections.values());
    }

    /** Returns the setting that is replaced, if any. */
    @Nullable Setting put(Setting setting) {
        return settings.put(setting.key(), setting);
    }

    Section open(String child, SourceRef at) {
        return sections.computeIfAbsent(child, wanted -> new Section(wanted, at));
    }

    void refer(Reference reference) {
        references.add(reference);
    }
}
