package org.ikebana.ike.sa;

import org.ikebana.ike.wire.ExchangeType;

/**
 * Of what kind a message is.
 *
 * @param sent by us
 * @param response rather than a request
 */
public record MessageKind(ExchangeType exchange, boolean sent, boolean response) {}
