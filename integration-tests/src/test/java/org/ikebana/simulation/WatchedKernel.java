package org.ikebana.simulation;

import java.util.function.Consumer;
import org.ikebana.ike.kernel.ForwardingBackend;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;

/** A kernel of which a test sees what it has done. */
record WatchedKernel(KernelBackend kernel, Consumer<KernelUpdate> watcher) implements ForwardingBackend {
    @Override
    public void apply(KernelUpdate update) throws KernelException {
        kernel.apply(update);
        watcher.accept(update);
    }
}
