package org.ikebana.bench.crypto;

import java.security.GeneralSecurityException;

/** The responder's part of a key exchange: a fresh key pair and the shared secret. */
interface Responder {
    byte[] respond(byte[] peerPublicValue) throws GeneralSecurityException;
}
