package org.ikebana.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** A section of the README: what it tells people to do is done by a test, word for word. */
public final class ReadmeSection {
    private static final Pattern BLOCK = Pattern.compile("^```\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private ReadmeSection() {}

    /** The texts between fences below this heading, in order. */
    public static List<String> blocks(String heading) {
        try {
            String readme = Files.readString(Checkout.file("README.md"));
            int start = readme.indexOf("\n## " + heading + "\n");
            if (start < 0) {
                throw new AssertionError("README.md has no section '" + heading + "'");
            }
            int end = readme.indexOf("\n## ", start + 1);
            String section = readme.substring(start, end < 0 ? readme.length() : end);
            return BLOCK.matcher(section).results().map(found -> found.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
