package org.ikebana.daemon.demo;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ikebana.ike.kernel.KernelException;
import picocli.CommandLine.Command;

/** {@code ikebana demo}. */
@Command(
        name = "demo",
        description = {
            "Brings up a site-to-site tunnel on this machine and shows each step.",
            "As root: two network namespaces, an Ikebana in each, a ping and a measurement through the tunnel; what it"
                    + " makes it removes.",
            "Not as root: both ends in one process over loopback, with a modelled kernel."
        })
public final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException, KernelException {
        Narrator narrator = new Narrator(System.out);
        if (!isRoot()) {
            narrator.say("Not root: both ends run in this process over loopback, with a modelled kernel.");
            narrator.say("Run it with sudo for two network namespaces and real packets.");
            return new LoopbackDemo(narrator).run() ? 0 : 1;
        }
        return new NamespaceDemo(narrator).run() ? 0 : 1;
    }

    private static boolean isRoot() throws IOException, InterruptedException {
        return Tool.require("id", "-u").strip().equals("0");
    }
}
