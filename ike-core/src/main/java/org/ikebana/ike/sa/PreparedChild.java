package org.ikebana.ike.sa;

import org.ikebana.ike.crypto.ChildKeys;
import org.ikebana.ike.kernel.KernelChange;

/**
 * The half of a rekeyed pair that is not installed yet.
 *
 * @param keys those of the outbound SA among them, wiped once it is installed or given up
 */
record PreparedChild(KernelChange.AddSa outbound, ChildKeys keys) {}
