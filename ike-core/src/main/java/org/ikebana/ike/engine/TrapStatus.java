package org.ikebana.ike.engine;

import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.task.ChildSelectors;

/**
 * A child's trap that stands: policies without an SA, or beneath those of one; or the policies of a child that is nothing else.
 *
 * @param reqid 0 for a child that is policies alone
 */
public record TrapStatus(String connection, ChildConfig child, int reqid, ChildSelectors selectors) {}
