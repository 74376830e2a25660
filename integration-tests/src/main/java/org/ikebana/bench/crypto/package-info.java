/**
 * What each source of cryptography costs: the registry's choice beside the one it did not take. Medians are compared,
 * since what else the machine does only moves the slow end.
 *
 * <p>Run all of them, after {@code mvn package}, with
 * {@code java -cp integration-tests/target/classes:$(cat integration-tests/target/test-classpath)
 * org.openjdk.jmh.Main bench.crypto}.
 */
@NullMarked
package org.ikebana.bench.crypto;

import org.jspecify.annotations.NullMarked;
