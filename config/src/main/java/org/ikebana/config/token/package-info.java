/**
 * Keys and certificates on tokens, through the PKCS #11 library of their maker (OASIS PKCS #11 2.40). The platform's own provider
 * would do for neither of two things: it knows no key by its CKA_ID, which is the handle that a configuration gives, and sees none
 * without a certificate beside it on the token.
 */
@NullMarked
package org.ikebana.config.token;

import org.jspecify.annotations.NullMarked;
