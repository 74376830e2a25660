/**
 * Interfaces, addresses and routes of this host, through rtnetlink: what a tunnel needs beside its SAs and policies.
 */
@NullMarked
package org.ikebana.kernel.link;

import org.jspecify.annotations.NullMarked;
