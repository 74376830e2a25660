package org.ikebana.simulation;

/** {@code integration-tests/simulate}: runs many seeds on all cores, or one and tells what happened. */
public final class SimulationMain {
    private SimulationMain() {}

    /** @param arguments first seed, number of seeds, threads; with one seed its whole story is told */
    public static void main(String[] arguments) throws Exception {
        long from = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        System.exit(count == 1 ? tell(from) : new Campaign(from, count, threads).run() ? 0 : 1);
    }

    /** Throws what the seed's run does, with its story. */
    static void run(long seed) throws Exception {
        Simulation simulation = new Simulation(Scenario.of(seed));
        run(seed, simulation, () -> {});
    }

    /** @param further what else is to hold */
    static void run(long seed, Simulation simulation, Runnable further) {
        try {
            simulation.run();
            further.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " (integration-tests/simulate --seed " + seed + "): " + e + "\n"
                            + String.join("\n", simulation.chronicle()),
                    e);
        }
    }

    private static int tell(long seed) throws Exception {
        Scenario scenario = Scenario.of(seed);
        Simulation simulation = new Simulation(scenario, Integer.MAX_VALUE);
        int status = 0;
        String end = "seed " + seed + " is as it should be";
        try {
            simulation.run();
        } catch (Exception | AssertionError e) {
            status = 1;
            e.printStackTrace();
            end = "FAILED: seed " + seed + ": " + e.getMessage();
        }
        simulation.chronicle().forEach(System.out::println);
        System.out.println(end);
        return status;
    }
}
