package org.ikebana.config.syntax;

import org.ikebana.ike.connection.SourceRef;

/** A template named in a section's head, {@code child : path { }}; the path counts from the root, parts joined by dots. */
public record Reference(String path, SourceRef place) {}
