package org.ikebana.bench.tunnels;

/**
 * Of one trial.
 *
 * @param accepted tunnels that came from peers
 */
record StrongSwanFigures(Steps accepted, double listSeconds, double residentMegabytes) {}
