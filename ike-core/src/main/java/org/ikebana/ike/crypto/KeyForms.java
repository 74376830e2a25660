package org.ikebana.ike.crypto;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A key in the form of one other library, of which there is never more than one at a time. Two threads may both make it, to the same end. */
final class KeyForms {
    private volatile @Nullable Object form;

    <T> T get(Class<T> type, Supplier<T> maker) {
        Object known = form;
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        T made = maker.get();
        form = made;
        return made;
    }
}
