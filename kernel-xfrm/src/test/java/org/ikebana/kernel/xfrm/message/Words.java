package org.ikebana.kernel.xfrm.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The words of a command line, taken one after another. */
final class Words {
    private final List<String> words;
    private int position;

    Words(List<String> words) {
        this.words = words;
    }

    boolean hasNext() {
        return position < words.size();
    }

    String peek() {
        return hasNext() ? words.get(position) : "";
    }

    String next() {
        return words.get(position++);
    }

    void skip(String expected) {
        if (!next().equals(expected)) {
            throw unknown();
        }
    }

    boolean take(String word) {
        boolean there = peek().equals(word);
        if (there) {
            position++;
        }
        return there;
    }

    /** Passes the words to {@code option} until it does not know one. */
    void takeWhile(Predicate<String> option) {
        while (hasNext()) {
            if (!option.test(next())) {
                position--;
                return;
            }
        }
    }

    IllegalArgumentException unknown() {
        return new IllegalArgumentException("No such word: " + words.get(position - 1) + " in " + words);
    }

    void end() {
        if (hasNext()) {
            position++;
            throw unknown();
        }
    }

    /** What the next word stands for. */
    int choice(Map<String, Integer> choices) {
        Integer chosen = choices.get(next());
        if (chosen == null) {
            throw unknown();
        }
        return chosen;
    }

    int number() {
        return (int) (long) Long.decode(next());
    }

    long bigNumber() {
        return Long.parseUnsignedLong(next());
    }

    /** {@code 0x…}, or the characters themselves. */
    byte[] key() {
        String text = next();
        return text.startsWith("0x")
                ? HexFormat.of().parseHex(text.substring(2))
                : text.getBytes(StandardCharsets.US_ASCII);
    }

    InetAddress address() {
        return address(next());
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
