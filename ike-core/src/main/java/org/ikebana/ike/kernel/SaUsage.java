package org.ikebana.ike.kernel;

import java.time.Instant;
import java.util.Optional;

/** What has passed an SA. */
public record SaUsage(long bytes, long packets, Instant added, Optional<Instant> lastUsed) {}
