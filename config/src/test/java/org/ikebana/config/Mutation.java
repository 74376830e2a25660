package org.ikebana.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ikebana.config.MutableConfiguration.Line;
import org.ikebana.ike.connection.SourceRef;

/**
 * One change of a configuration.
 *
 * @param first line that it touches, from 1
 * @param last that it touches
 * @param words that stood or stand there
 * @param isStructural it is about braces, or about a whole section, so that what follows may mean something else
 */
record Mutation(
        String kind,
        String file,
        int first,
        int last,
        Set<String> words,
        Set<String> scopes,
        boolean isStructural,
        MutableConfiguration original,
        MutableConfiguration result) {
    private static final String PIECES = "{}=#\"\\:,/-%. aZ09_x";

    /** One that changes something. */
    static Mutation of(MutableConfiguration original, Random random) {
        while (true) {
            List<String> names = List.copyOf(original.lines().keySet());
            String file = names.get(random.nextInt(names.size()));
            int line = random.nextInt(original.of(file).size());
            Mutation mutation = of(original, file, line, random);
            if (!mutation.result.equals(original)) {
                return mutation;
            }
        }
    }

    private static Mutation of(MutableConfiguration original, String file, int line, Random random) {
        String text = original.of(file).get(line).text();
        int begin = text.indexOf(text.strip());
        return switch (random.nextInt(8)) {
            case 0 -> edit("delete", original, file, line, 1, List.of());
            case 1 -> {
                Line twice = original.of(file).get(line);
                yield edit("duplicate", original, file, line, 1, List.of(twice, twice));
            }
            case 2 -> swap(original, file, Math.max(1, line));
            case 3, 4, 5 -> typo("typo", original, file, line, random, begin);
            case 6 ->
                typo(
                        "typo in the value",
                        original,
                        file,
                        line,
                        random,
                        text.contains("= ") ? text.indexOf('=') + 2 : begin);
            default -> number(original, file, line, random);
        };
    }

    boolean isAt(SourceRef place) {
        return MutableConfiguration.isOf(file, place.file())
                && (within(place.line(), first, last)
                        || place.line() == opening(first) // what the section lacks now
                        || place.line() == 0 && isStructural);
    }

    /** Where a brace that is missing or too much shows at latest: in a section around it, or after it. */
    boolean isAround(SourceRef place) {
        boolean isIncluded = file.equals("swanctl.conf")
                && original.of(file)
                        .get(Math.min(first, original.of(file).size()) - 1)
                        .scope()
                        .equals("berlin oslo");
        return isIncluded
                || MutableConfiguration.isOf(file, place.file())
                        && (place.line() >= first || openings(first).anyMatch(line -> line == place.line()))
                || place.file().endsWith("swanctl.conf"); // which includes it
    }

    @Override
    public String toString() {
        return kind + " at " + file + ":" + first + ": '" + texts(original, first, last) + "' is now '"
                + texts(result, first, last) + "'";
    }

    private static String texts(MutableConfiguration configuration, String file, int first, int last) {
        List<Line> lines = configuration.of(file);
        return lines.subList(Math.min(first - 1, lines.size()), Math.min(last, lines.size())).stream()
                .map(line -> line.text().strip())
                .collect(Collectors.joining(" | "));
    }

    private String texts(MutableConfiguration configuration, int from, int to) {
        return texts(configuration, file, from, to);
    }

    private static boolean within(int line, int first, int last) {
        return first <= line && line <= last;
    }

    /** The line of the section around a line. */
    private int opening(int line) {
        return openings(line).findFirst().orElse(0);
    }

    private IntStream openings(int line) {
        List<Line> lines = original.of(file);
        List<Integer> open = new ArrayList<>();
        for (int i = 1; i < line && i <= lines.size(); i++) {
            String text = lines.get(i - 1).text();
            if (text.endsWith("{")) {
                open.add(i);
            } else if (text.endsWith("}")) {
                open.removeLast();
            }
        }
        return open.reversed().stream().mapToInt(i -> i);
    }

    private static Mutation swap(MutableConfiguration original, String file, int line) {
        List<Line> lines = original.of(file);
        return edit("swap", original, file, line - 1, 2, List.of(lines.get(line), lines.get(line - 1)));
    }

    private static Mutation typo(
            String kind, MutableConfiguration original, String file, int line, Random random, int from) {
        Line before = original.of(file).get(line);
        var text = new StringBuilder(before.text());
        int at = from + random.nextInt(text.length() - from);
        char piece = PIECES.charAt(random.nextInt(PIECES.length()));
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, piece);
            case 1 -> text.setCharAt(at, piece);
            case 2 -> text.deleteCharAt(at);
            default -> {
                if (at > 0) {
                    char first = text.charAt(at - 1);
                    text.setCharAt(at - 1, text.charAt(at));
                    text.setCharAt(at, first);
                }
            }
        }
        return edit(kind, original, file, line, 1, List.of(before.with(text.toString())));
    }

    private static Mutation number(MutableConfiguration original, String file, int line, Random random) {
        Line before = original.of(file).get(line);
        String other = List.of("0", "-1", "99999999999999999999", "1.5", "08", String.valueOf(random.nextInt(1000)))
                .get(random.nextInt(6));
        String text = before.text().replaceFirst("[0-9]+", other);
        return edit("other number", original, file, line, 1, List.of(before.with(text)));
    }

    /** @param line from 0 */
    private static Mutation edit(
            String kind, MutableConfiguration original, String file, int line, int count, List<Line> others) {
        List<Line> lines = new ArrayList<>(original.of(file));
        List<Line> before = List.copyOf(lines.subList(line, line + count));
        lines.subList(line, line + count).clear();
        lines.addAll(line, others);
        List<Line> touched = Stream.concat(before.stream(), others.stream()).toList();
        Set<String> words = new HashSet<>();
        touched.forEach(one -> words.addAll(List.of(one.text().strip().split("[ ={}#:,\"]+"))));
        words.remove("");
        return new Mutation(
                kind,
                file,
                line + 1,
                line + Math.max(count, others.size()),
                Set.copyOf(words),
                touched.stream().map(Line::scope).collect(Collectors.toUnmodifiableSet()),
                touched.stream().anyMatch(one -> one.text().matches(".*[{}].*|.*include.*")),
                original,
                original.with(file, lines));
    }
}
