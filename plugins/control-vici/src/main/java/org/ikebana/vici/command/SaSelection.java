package org.ikebana.vici.command;

import java.util.Optional;
import java.util.OptionalLong;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.vici.wire.Message;

/** Which SAs a command is about: those that have all that it names. */
record SaSelection(Optional<String> ike, OptionalLong ikeId, Optional<String> child, OptionalLong childId) {
    static SaSelection of(Message request) {
        return new SaSelection(
                request.text("ike"),
                Numbers.of(request, "ike-id"),
                request.text("child"),
                Numbers.of(request, "child-id"));
    }

    /** It names nothing. */
    boolean isEmpty() {
        return ike.isEmpty() && ikeId.isEmpty() && !isAboutChildren();
    }

    boolean isAboutChildren() {
        return child.isPresent() || childId.isPresent();
    }

    boolean takes(IkeSaName name) {
        return ike.filter(wanted -> !wanted.equals(name.connection())).isEmpty()
                && (ikeId.isEmpty() || ikeId.getAsLong() == name.number());
    }

    boolean takes(ChildSaName name) {
        return child.filter(wanted -> !wanted.equals(name.child())).isEmpty()
                && (childId.isEmpty() || childId.getAsLong() == name.number());
    }
}
