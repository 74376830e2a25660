/**
 * Certificates and keys from the folders beside {@code swanctl.conf}: PEM (RFC 7468) and DER, PKCS #8 and #12, and the
 * older forms.
 */
@NullMarked
package org.ikebana.config.credential;

import org.jspecify.annotations.NullMarked;
