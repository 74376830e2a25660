package org.ikebana.config.syntax;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration file with all that it includes.
 *
 * @param files in the order in which they were read
 */
public record Document(Section root, List<Path> files) {
    public Document {
        files = List.copyOf(files);
    }
}
