package org.ikebana.ike.event;

import java.util.Objects;

/**
 * An IKE SA as people see it: {@code site-a[3]}. Two are equal if they name the same IKE SA, whatever is known of its SPIs.
 *
 * @param connection empty while a responder has not chosen one
 * @param number counts IKE SAs from 1 since the start
 * @param initiatorSpi 0 where there is none
 * @param responderSpi 0 until it is known
 */
public record IkeSaName(String connection, int number, long initiatorSpi, long responderSpi) {
    /** Of one whose SPIs do not matter. */
    public IkeSaName(String connection, int number) {
        this(connection, number, 0, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IkeSaName name && number == name.number && connection.equals(name.connection);
    }

    @Override
    public int hashCode() {
        return Objects.hash(connection, number);
    }

    @Override
    public String toString() {
        return (connection.isEmpty() ? "(unknown peer)" : connection) + "[" + number + "]";
    }
}
