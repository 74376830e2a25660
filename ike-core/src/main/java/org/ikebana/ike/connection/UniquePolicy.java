package org.ikebana.ike.connection;

/** What happens to older IKE SAs between the same identities ({@code unique}). */
public enum UniquePolicy {
    NO,
    NEVER,
    KEEP,
    REPLACE
}
