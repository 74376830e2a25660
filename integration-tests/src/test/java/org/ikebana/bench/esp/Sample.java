package org.ikebana.bench.esp;

/**
 * One load through one plane, once.
 *
 * @param rate {@link Load#rate}
 * @param sent datagrams a second, in thousands; 0 with TCP
 * @param loss of datagrams, 0 to 1
 * @param cpuPerGigabyte CPU seconds of both daemons for 10^9 octets that arrived
 * @param otherLoad CPUs that others kept busy
 */
record Sample(Plane plane, Load load, double rate, double sent, double loss, double cpuPerGigabyte, double otherLoad) {}
