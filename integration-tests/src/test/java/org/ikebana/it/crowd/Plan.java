package org.ikebana.it.crowd;

/**
 * @param revocation the gateway's {@code remote.revocation}: {@code strict} or {@code relaxed}
 * @param size of the crowd
 * @param tunnels with a shared key in each round, as many before the crowd has come as while it waits
 * @param rate how many of the crowd begin in a second
 */
record Plan(DeadServers servers, String revocation, int size, int tunnels, int rounds, int rate) {}
