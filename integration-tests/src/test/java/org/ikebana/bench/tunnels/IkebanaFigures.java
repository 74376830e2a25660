package org.ikebana.bench.tunnels;

/**
 * Of one trial.
 *
 * @param cold tunnels that the gateway began with after its start
 * @param warm the same when all had been up once
 * @param accepted tunnels that came from peers
 * @param statusSeconds of the first time after the start
 * @param livenessPercent of a CPU, while nothing but the liveness of all was checked
 * @param heapKilobytes growth of the live heap, a tunnel
 */
record IkebanaFigures(
        Steps cold,
        Steps warm,
        Steps accepted,
        double statusSeconds,
        double listSeconds,
        double statusAgainSeconds,
        double reloadSeconds,
        double reloadCpu,
        int touched,
        double livenessPercent,
        double heapKilobytes,
        double residentMegabytes,
        double shutdownSeconds) {}
