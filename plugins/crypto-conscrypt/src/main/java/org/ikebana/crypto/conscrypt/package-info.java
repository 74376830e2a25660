/**
 * Key exchanges and signatures of BoringSSL through Conscrypt, by JCA. Its provider is not registered: nothing else in the
 * process changes.
 */
@NullMarked
package org.ikebana.crypto.conscrypt;

import org.jspecify.annotations.NullMarked;
