package org.ikebana.bench.xfrm;

import java.util.List;

/** Fills, lists and empties one of the kernel's databases. */
interface Contestant {
    String name();

    /** In the order in which they are measured: each finds what the one before left. */
    List<Operation> operations(Table table, int count) throws Exception;

    /**
     * One thing that takes time.
     *
     * @param name what the row of the table says
     * @param left how many entries there are to be afterwards
     */
    record Operation(String name, int left, Work work) {}

    /** What is measured. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** The databases. */
    enum Table {
        POLICIES,
        SAS
    }
}
