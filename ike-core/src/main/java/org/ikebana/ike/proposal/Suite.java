package org.ikebana.ike.proposal;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.TransformType;

/**
 * What was agreed upon: at most one transform of each type.
 *
 * @param protocol {@link org.ikebana.ike.wire.ProtocolId}
 */
public record Suite(int protocol, List<Transform> transforms) {
    public Suite {
        transforms = List.copyOf(transforms);
    }

    public Optional<Transform> transform(TransformType type) {
        return transforms.stream().filter(t -> t.type() == type).findFirst();
    }
}
