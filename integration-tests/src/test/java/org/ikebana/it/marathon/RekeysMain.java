package org.ikebana.it.marathon;

import org.ikebana.it.lab.Lab;

/** Runs the marathon and prints its report: {@code integration-tests/rekeys}. */
public final class RekeysMain {
    private RekeysMain() {}

    /** @param arguments rekeys of the child SA by each end, rekeys of the IKE SA by each end */
    public static void main(String[] arguments) {
        Course course = new Course(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        long start = System.nanoTime();
        Report report;
        try (Lab lab = Lab.open()) {
            report = new Report(run(lab, course));
        }
        System.out.print(report);
        System.out.printf("took %d s%n", (System.nanoTime() - start) / 1_000_000_000);
        System.exit(report.isFlawed() ? 1 : 0);
    }

    private static Marathon.Result run(Lab lab, Course course) {
        try {
            return Marathon.run(lab, course);
        } catch (AssertionError e) {
            System.out.println(lab.account());
            throw e;
        }
    }
}
