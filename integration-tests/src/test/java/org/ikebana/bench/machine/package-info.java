/** What benchmarks share: the machine in words, what processes use of it, and how figures of several runs are told. */
@NullMarked
package org.ikebana.bench.machine;

import org.jspecify.annotations.NullMarked;
