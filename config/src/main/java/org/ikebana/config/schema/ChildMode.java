package org.ikebana.config.schema;

import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaMode;

/** What {@code mode} says: how packets are wrapped, or that they are not. */
public enum ChildMode {
    TUNNEL(SaMode.TUNNEL, Optional.empty()),
    TRANSPORT(SaMode.TRANSPORT, Optional.empty()),
    BEET(SaMode.BEET, Optional.empty()),
    PASS(SaMode.TUNNEL, Optional.of(Policy.Action.ALLOW)),
    DROP(SaMode.TUNNEL, Optional.of(Policy.Action.BLOCK));

    private final SaMode ofSas;
    private final Optional<Policy.Action> shunt;

    ChildMode(SaMode ofSas, Optional<Policy.Action> shunt) {
        this.ofSas = ofSas;
        this.shunt = shunt;
    }

    public static ChildMode of(ChildConfig child) {
        return child.shunt()
                .map(action -> switch (action) {
                    case ALLOW -> PASS;
                    case BLOCK -> DROP;
                })
                .orElseGet(() -> switch (child.mode()) {
                    case TUNNEL -> TUNNEL;
                    case TRANSPORT -> TRANSPORT;
                    case BEET -> BEET;
                });
    }

    /** Of no meaning where there are none. */
    public SaMode ofSas() {
        return ofSas;
    }

    /** Empty where there are SAs. */
    public Optional<Policy.Action> shunt() {
        return shunt;
    }
}
