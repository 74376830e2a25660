package org.ikebana.config.token;

import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/**
 * Where a key or a certificate lies.
 *
 * @param handle CKA_ID
 * @param slot any if not given
 * @param module by its name in {@code ikebana.conf}; any if not given
 */
public record TokenPlace(Octets handle, Optional<Long> slot, Optional<String> module) {}
