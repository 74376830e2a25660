/**
 * The Extensible Authentication Protocol inside IKE_AUTH (RFC 3748, RFC 7296 2.16): packets, the conversation of either side,
 * and one class a method.
 */
@NullMarked
package org.ikebana.ike.eap;

import org.jspecify.annotations.NullMarked;
