package org.ikebana.config.syntax;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ikebana.config.problem.Problems;
import org.ikebana.ike.connection.SourceRef;

/** Reads a file and all that it includes into one tree. */
public final class DocumentReader {
    static final int MAX_INCLUDE_DEPTH = 10;
    static final int MAX_FILES = 10_000;
    static final int MAX_OCTETS = 32 << 20;

    private final ConfigFiles files;
    private final Problems problems;
    private final List<Path> read = new ArrayList<>();
    private final Set<Path> reading = new LinkedHashSet<>();
    private int octetsLeft = MAX_OCTETS;

    private DocumentReader(ConfigFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    /** Never fails: what cannot be read is an error among the problems. */
    public static Document read(Path file, ConfigFiles files, Problems problems) {
        var reader = new DocumentReader(files, problems);
        var whole = new SourceRef(file.toString(), 0, 0);
        var root = new Section("", whole);
        reader.readFile(file, root, whole);
        return new Document(root, reader.read);
    }

    /** @param cause where a failure to read the file is reported */
    private void readFile(Path file, Section into, SourceRef cause) {
        byte[] octets;
        try {
            octets = files.read(file, octetsLeft);
        } catch (IOException failure) {
            problems.error(cause, file + " cannot be read: " + failure.getMessage(), "check its name and its mode");
            return;
        }
        octetsLeft -= octets.length;
        Path canonical = files.canonical(file);
        read.add(file);
        reading.add(canonical);
        var scanner = new Scanner(file.toString(), decode(file, octets));
        new FileParser(scanner, (pattern, section) -> include(file, pattern, section), problems).parse(into);
        reading.remove(canonical);
    }

    private void include(Path including, Value pattern, Section into) {
        SourceRef place = pattern.place();
        Path directory = including.resolveSibling("");
        try {
            if (Glob.isPattern(pattern.text())) {
                List<Path> matching = Glob.expand(directory, pattern.text(), files);
                if (matching.isEmpty() && !isOfEmptyDirectory(directory, pattern.text())) {
                    problems.warning(place, "no file matches this, so nothing is included", "check the pattern");
                }
                for (Path file : matching) {
                    includeFile(file, into, place);
                }
            } else {
                includeFile(directory.resolve(pattern.text()), into, place);
            }
        } catch (InvalidPathException invalid) {
            problems.error(place, "this is not the name of a file", "write 'include file' or 'include conf.d/*.conf'");
        }
    }

    /** One that is there for files to come. */
    private boolean isOfEmptyDirectory(Path directory, String pattern) {
        String parent = pattern.substring(0, pattern.lastIndexOf('/') + 1);
        Path there = directory.resolve(parent);
        return !parent.isEmpty()
                && !Glob.isPattern(parent)
                && files.isDirectory(there)
                && files.list(there).stream().allMatch(name -> name.startsWith("."));
    }

    private void includeFile(Path file, Section into, SourceRef place) {
        if (reading.contains(files.canonical(file))) {
            problems.error(place, file + " includes itself", "remove this include, or the one that leads here");
        } else if (reading.size() > MAX_INCLUDE_DEPTH) {
            problems.error(
                    place,
                    "files include each other more than " + MAX_INCLUDE_DEPTH + " deep",
                    "include it further up");
        } else if (read.size() >= MAX_FILES) {
            problems.error(place, "more than " + MAX_FILES + " files are included", "join some of them");
        } else {
            readFile(file, into, place);
        }
    }

    private String decode(Path file, byte[] octets) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(octets.length);
        boolean malformed = decoder.onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(octets), text, true)
                .isError();
        text.flip();
        if (malformed) {
            var scanner = new Scanner(file.toString(), text.toString());
            while (!scanner.atEnd()) {
                scanner.next();
            }
            problems.error(
                    scanner.here(),
                    "this is not UTF-8",
                    "save the file as UTF-8; a secret of other octets can be written as 0x and hexadecimal digits");
            return new String(octets, StandardCharsets.UTF_8);
        }
        return text.toString().startsWith("\ufeff")
                ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }
}
