package org.ikebana.ike.proposal;

import java.util.List;
import org.ikebana.ike.wire.TransformType;

/**
 * What one side allows for one protocol: any one transform of each type (RFC 7296 3.3). Transforms of a type stand in
 * the order of preference.
 *
 * @param protocol {@link org.ikebana.ike.wire.ProtocolId}
 */
public record Proposal(int protocol, List<Transform> transforms) {
    public Proposal {
        transforms = List.copyOf(transforms);
    }

    /** The transforms of one type, in order. */
    public List<Transform> of(TransformType type) {
        return transforms.stream().filter(t -> t.type() == type).toList();
    }
}
