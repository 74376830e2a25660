package org.ikebana.kernel.linux;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Closes what was opened so far, latest first, unless all that belongs together could be opened:
 *
 * <pre>{@code
 * try (CloseOnFailure opening = new CloseOnFailure()) {
 *     EventFd first = opening.add(new EventFd(), EventFd::close);
 *     EventFd second = opening.add(new EventFd(), EventFd::close);
 *     return opening.succeeded(new Pair(first, second));
 * }
 * }</pre>
 */
public final class CloseOnFailure implements AutoCloseable {
    private final Deque<Runnable> opened = new ArrayDeque<>();

    public <T> T add(T resource, Consumer<? super T> close) {
        opened.push(() -> close.accept(resource));
        return resource;
    }

    /** From now on {@code owner} has to close it all. */
    public <T> T succeeded(T owner) {
        opened.clear();
        return owner;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
