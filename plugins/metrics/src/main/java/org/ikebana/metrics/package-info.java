/** Figures for Prometheus (OpenMetrics) and a health check for load balancers, on a socket of this host. */
@NullMarked
package org.ikebana.metrics;

import org.jspecify.annotations.NullMarked;
