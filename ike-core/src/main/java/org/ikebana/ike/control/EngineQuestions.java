package org.ikebana.ike.control;

import java.util.function.Function;
import org.ikebana.ike.engine.IkeEngine;

/** What the engine can be asked on its own loop, by any other thread. */
@FunctionalInterface
public interface EngineQuestions {
    /** Waits for the answer, which holds nothing that may change. */
    <T> T ask(Function<IkeEngine, T> question) throws InterruptedException;
}
