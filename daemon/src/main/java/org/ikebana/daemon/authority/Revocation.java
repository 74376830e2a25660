package org.ikebana.daemon.authority;

import java.math.BigInteger;
import java.time.Instant;

/** One line of a revocation list. */
public record Revocation(BigInteger serial, Instant date, RevocationReason reason) {}
