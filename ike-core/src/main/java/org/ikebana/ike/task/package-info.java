/**
 * What an exchange is made of: one class an RFC feature, each with build and process for both roles.
 *
 * <p>RFC 7296 sections 1 and 2, RFC 7383, RFC 9242, RFC 9370.
 */
@NullMarked
package org.ikebana.ike.task;

import org.jspecify.annotations.NullMarked;
