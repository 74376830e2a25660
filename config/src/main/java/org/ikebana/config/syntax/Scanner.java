package org.ikebana.config.syntax;

import org.ikebana.ike.connection.SourceRef;

/** Walks over the text of one file and counts lines and columns. */
final class Scanner {
    /** Returned by {@link #peek()} at the end; no text holds it, as it is not a character. */
    static final char END = '\uffff';

    private static final String NOT_IN_NAMES = ",:{}=\"#";

    private final String file;
    private final String text;
    private int at;
    private int line = 1;
    private int column = 1;

    Scanner(String file, String text) {
        this.file = file;
        this.text = text.replace(END, '\ufffd');
    }

    SourceRef here() {
        return new SourceRef(file, line, column);
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** @return the character passed */
    char next() {
        char character = text.charAt(at++);
        if (character == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
        return character;
    }

    /** Spaces, tabs and carriage returns. */
    void skipBlanks() {
        while (isBlank(peek())) {
            next();
        }
    }

    /** Blanks, comments and line ends. */
    void skipSpace() {
        skipBlanks();
        while (peek() == '\n' || peek() == '#') {
            skipLine();
            skipBlanks();
        }
    }

    /** To the end of the line and over it. */
    void skipLine() {
        while (!atEnd() && next() != '\n') {
            // a comment, or what is left of a line that made no sense
        }
    }

    /** The longest name that stands here; empty if none does. */
    String name() {
        int start = at;
        while (isNameCharacter(peek())) {
            next();
        }
        return text.substring(start, at);
    }

    static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private static boolean isNameCharacter(char character) {
        return character > ' '
                && character != END
                && !Character.isISOControl(character)
                && NOT_IN_NAMES.indexOf(character) < 0;
    }
}
