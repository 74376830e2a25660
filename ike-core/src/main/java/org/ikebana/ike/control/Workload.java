package org.ikebana.ike.control;

/**
 * How busy the daemon is.
 *
 * @param waiting datagrams, commands and kernel's events that have come and are not looked at yet
 * @param timers that are set
 */
public record Workload(int waiting, int timers) {}
