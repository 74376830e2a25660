package org.ikebana.ike.kernel;

/** Which way traffic goes; {@code FORWARD} is for policies only: what came out of a tunnel and goes on. */
public enum Direction {
    IN,
    OUT,
    FORWARD
}
