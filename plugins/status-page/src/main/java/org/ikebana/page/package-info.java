/**
 * A page for people, to be read only: the tunnels, what they carry, what happens, and why something does not come up.
 *
 * <p>{@code Sampler} looks at the daemon, {@code News} hears of it; {@code StatusJson} and {@code HistoryJson} put that into words
 * for {@code page.js}, which lies among the resources with the rest of the page.
 */
@NullMarked
package org.ikebana.page;

import org.jspecify.annotations.NullMarked;
