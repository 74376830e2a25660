package org.ikebana.config.problem;

/** Shows a text of a configuration file within a message, in quotes. */
public final class Quote {
    private static final int LONGEST = 48;

    private Quote() {}

    /** Cut where it is long, or where another setting seems to begin, since that may hold a secret. */
    public static String of(String text) {
        var quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (i == LONGEST || character == '{' || character == '\n' || (character == '=' && text.contains(" "))) {
                return quoted.append("...'").toString();
            }
            quoted.append(Character.isISOControl(character) ? '?' : character);
        }
        return quoted.append('\'').toString();
    }
}
