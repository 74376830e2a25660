package org.ikebana.ike.event;

/**
 * An IKE SA as people see it: {@code site-a[3]}.
 *
 * @param connection empty while a responder has not chosen one
 * @param number counts IKE SAs from 1 since the start
 */
public record IkeSaName(String connection, int number) {
    @Override
    public String toString() {
        return (connection.isEmpty() ? "(unknown peer)" : connection) + "[" + number + "]";
    }
}
