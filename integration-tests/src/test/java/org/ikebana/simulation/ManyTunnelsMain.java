package org.ikebana.simulation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** {@code integration-tests/tunnels}: {@link ManyTunnelsTest} with so many. */
public final class ManyTunnelsMain {
    private ManyTunnelsMain() {}

    /** @param arguments how many tunnels */
    public static void main(String[] arguments) {
        System.setProperty("ikebana.tunnels", arguments[0]);
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(ManyTunnelsTest.class))
                        .build(),
                summary);
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        System.out.printf(
                "%d scenarios, %d failed%n",
                summary.getSummary().getTestsFoundCount(), summary.getSummary().getTestsFailedCount());
        System.exit(
                summary.getSummary().getTestsFoundCount() > 0
                                && summary.getSummary().getTestsFailedCount() == 0
                        ? 0
                        : 1);
    }
}
