package org.ikebana.it.process;

/** Can tell what happened, for whoever has to understand a failed test. */
public interface Witness {
    String account();
}
