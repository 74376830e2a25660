package org.ikebana.ike.engine;

import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.task.ChildSelectors;

/** A child's trap that stands: policies without an SA, or beneath those of one. */
public record TrapStatus(String connection, ChildConfig child, int reqid, ChildSelectors selectors) {}
