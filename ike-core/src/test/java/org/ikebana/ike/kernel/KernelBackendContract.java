package org.ikebana.ike.kernel;

/**
 * What every {@link KernelBackend} must do. A backend's test class implements this and supplies the bench:
 *
 * <pre>{@code
 * class SomeKernelTest implements KernelBackendContract {
 *     private SomeBench bench;
 *
 *     @BeforeEach void open() { bench = new SomeBench(); }
 *     @AfterEach void close() { bench.close(); }
 *     @Override public KernelBench bench() { return bench; }
 * }
 * }</pre>
 *
 * <p>Where SAs cannot be installed ({@link KernelCapabilities#esp()}), what needs them is left out with a line each.
 */
public interface KernelBackendContract
        extends SpiContract,
                SaContract,
                MoveContract,
                PolicyContract,
                PolicyAgeContract,
                TransactionContract,
                AcquireContract,
                ExpiryContract,
                LifecycleContract,
                TransportContract {}
