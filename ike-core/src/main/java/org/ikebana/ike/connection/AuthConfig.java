package org.ikebana.ike.connection;

import org.ikebana.ike.auth.Identity;

/**
 * One side's {@code local} or {@code remote} section.
 *
 * @param id {@link Identity#ANY} where none is given: locally the address is sent then, remotely any is accepted
 */
public record AuthConfig(Method method, Identity id) {
    /** What {@code auth = } says. */
    public enum Method {
        PSK
    }
}
