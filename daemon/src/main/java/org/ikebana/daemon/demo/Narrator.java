package org.ikebana.daemon.demo;

import java.io.PrintStream;

/** Tells what happens, line by line. */
final class Narrator {
    private final PrintStream out;
    private int steps;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void step(String text) {
        out.println();
        out.println(++steps + ". " + text);
        out.flush();
    }

    void say(String text) {
        text.lines().forEach(line -> out.println("   " + line));
        out.flush();
    }

    /** Safe for use by several threads: what the two daemons say. */
    void say(String who, String line) {
        synchronized (out) {
            out.printf("   %-5s| %s%n", who, line);
            out.flush();
        }
    }
}
