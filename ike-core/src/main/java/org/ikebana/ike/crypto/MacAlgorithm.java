package org.ikebana.ike.crypto;

/** What both a PRF and an integrity algorithm are made of; stateless. */
@FunctionalInterface
interface MacAlgorithm {
    /** @param key copied */
    KeyedMac withKey(byte[] key);
}
