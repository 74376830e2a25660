package org.ikebana.it.crowd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ikebana.bench.machine.Machine;
import org.ikebana.it.lab.Lab;

/** {@code integration-tests/crowd}. Exit status 1 if the crowd is in anybody's way. */
public final class CrowdMain {
    private CrowdMain() {}

    /** @param arguments size of the crowd, tunnels a round, rounds, how many arrive a second, titles of servers, policies */
    public static void main(String[] arguments) throws Exception {
        Machine.describe();
        System.out.println("times are least / median / most");
        boolean isWell = true;
        for (Plan plan : plans(arguments)) {
            System.out.printf("%s, revocation = %s: begins%n", plan.servers().title(), plan.revocation());
            try (Lab lab = Lab.open()) {
                Figures figures = new Trial(lab, plan).run();
                figures.print();
                isWell &= figures.faults().isEmpty();
            }
        }
        System.exit(isWell ? 0 : 1);
    }

    private static List<Plan> plans(String[] arguments) {
        List<Plan> plans = new ArrayList<>();
        for (String title : arguments[4].split(",")) {
            DeadServers servers = Arrays.stream(DeadServers.values())
                    .filter(each -> each.title().equals(title))
                    .findFirst()
                    .orElseThrow();
            for (String policy : arguments[5].split(",")) {
                plans.add(new Plan(
                        servers,
                        policy,
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3])));
            }
        }
        return plans;
    }
}
