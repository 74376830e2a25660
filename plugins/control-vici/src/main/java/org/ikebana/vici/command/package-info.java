/** One class a command, or a family of them: from a request to an answer, with strongSwan's keys, words and errors. */
@NullMarked
package org.ikebana.vici.command;

import org.jspecify.annotations.NullMarked;
