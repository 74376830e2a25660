package org.ikebana.config.syntax;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** File names with the shell's wildcards {@code *}, {@code ?} and {@code [...]}, in any part of the path. */
final class Glob {
    /** As many paths as one pattern may lead to. */
    static final int MAX_MATCHES = 10_000;

    private Glob() {}

    static boolean isPattern(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
    }

    /** The existing paths that match, sorted. */
    static List<Path> expand(Path directory, String pattern, ConfigFiles files) {
        List<Path> found = List.of(pattern.startsWith("/") ? directory.resolve("/") : directory);
        for (String part : pattern.split("/")) {
            if (!part.isEmpty()) {
                found = found.stream()
                        .flatMap(path -> step(path, part, files).stream())
                        .limit(MAX_MATCHES)
                        .toList();
            }
        }
        return found.stream().sorted().toList();
    }

    private static List<Path> step(Path directory, String part, ConfigFiles files) {
        if (!isPattern(part)) {
            Path next = directory.resolve(part);
            return files.exists(next) ? List.of(next) : List.of();
        }
        List<Path> found = new ArrayList<>();
        for (String name : files.list(directory)) {
            boolean hidden = name.startsWith(".") && !part.startsWith(".");
            if (!hidden && matches(part, name)) {
                found.add(directory.resolve(name));
            }
        }
        return found;
    }

    /** Goes back to the last {@code *} only, which is enough, and keeps the time below length times length. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int starAt = -1;
        int starName = 0;
        while (n < name.length()) {
            int after = p < pattern.length() && pattern.charAt(p) != '*' ? matchOne(pattern, p, name.charAt(n)) : -1;
            if (after >= 0) {
                p = after;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                starAt = p++;
                starName = n;
            } else if (starAt >= 0) {
                p = starAt + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** @return where the pattern goes on, or -1 if it does not match this character */
    private static int matchOne(String pattern, int at, char character) {
        char wanted = pattern.charAt(at);
        if (wanted == '?') {
            return at + 1;
        }
        int end = wanted == '[' ? endOfSet(pattern, at) : -1;
        if (end < 0) {
            return wanted == character ? at + 1 : -1;
        }
        return setHolds(pattern, at + 1, end, character) ? end + 1 : -1;
    }

    /** The index of the closing bracket, or -1 if the bracket is just a character. */
    private static int endOfSet(String pattern, int at) {
        int first = at + 1;
        if (first < pattern.length() && (pattern.charAt(first) == '!' || pattern.charAt(first) == '^')) {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }

    private static boolean setHolds(String pattern, int from, int end, char character) {
        boolean negated = pattern.charAt(from) == '!' || pattern.charAt(from) == '^';
        boolean held = false;
        int at = negated ? from + 1 : from;
        while (at < end) {
            boolean range = at + 2 < end && pattern.charAt(at + 1) == '-';
            char last = pattern.charAt(range ? at + 2 : at);
            held |= pattern.charAt(at) <= character && character <= last;
            at += range ? 3 : 1;
        }
        return held != negated;
    }
}
