package org.ikebana.kernel.tun.wire;

import java.io.IOException;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.TransportContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** IKE beside ESP in user space, while the plane's threads run. Needs no root. */
@Timeout(60)
class SharedTransportTest {
    @Nested
    class OneWorker extends Contract {
        OneWorker() {
            super(1);
        }
    }

    @Nested
    class ThreeWorkers extends Contract {
        ThreeWorkers() {
            super(3);
        }
    }

    abstract static class Contract implements TransportContract {
        private final int workers;
        private TransportBench bench;

        Contract(int workers) {
            this.workers = workers;
        }

        @BeforeEach
        void open() throws IOException {
            bench = new TransportBench(workers);
        }

        @AfterEach
        void close() {
            bench.close();
        }

        @Override
        public KernelBench bench() {
            return bench;
        }
    }
}
