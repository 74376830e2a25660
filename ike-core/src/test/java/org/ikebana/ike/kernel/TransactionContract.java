package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.junit.jupiter.api.Test;

/** All or nothing, as {@link KernelUpdate} has it. */
public interface TransactionContract extends KernelContract {
    TestNet NET = TestNet.IPV4;
    String REFUSED_POLICY = "out policy 10.1.0.0/16 to 10.2.0.0/16 protocol 17 ports any to 7";

    /** A change that every kernel refuses with EINVAL. */
    private static KernelChange refusedChange() {
        return TestPolicy.tunnel(NET, 9)
                .udpTo(PortMatch.exactly(7))
                .tooManyTemplates()
                .put();
    }

    private static TestPolicy policy(int reqid, int port) {
        return TestPolicy.tunnel(NET, reqid).udpTo(PortMatch.exactly(port));
    }

    @Test
    default void nothingIsAnUpdateToo() throws Exception {
        apply();

        assertThat(policies()).isEmpty();
        assertThat(sas()).isEmpty();
    }

    @Test
    default void changesAreMadeInOrder() throws Exception {
        apply(
                policy(1, 1000).put(),
                policy(1, 1000).delete(),
                policy(2, 1000).put(),
                policy(3, 1000).put());

        assertThat(policies()).containsExactly(policy(3, 1000).build());
    }

    @Test
    default void policiesOfAFailedUpdateAreTakenBack() throws Exception {
        apply(policy(1, 1000).put(), policy(1, 1001).put(), policy(1, 1002).put());
        Set<Policy> before = Set.copyOf(policies());

        refused(
                EINVAL,
                REFUSED_POLICY,
                policy(2, 1000).priority(1).put(),
                policy(1, 1001).delete(),
                policy(2, 1002).put(),
                policy(3, 1002).put(),
                policy(2, 1003).put(),
                policy(1, 1004).delete(),
                refusedChange(),
                policy(2, 1005).put());

        assertThat(policies()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    default void anUpdateMayBeLarge() throws Exception {
        List<KernelChange> changes = new ArrayList<>();
        IntStream.rangeClosed(1, 300)
                .forEach(port -> changes.add(policy(1, port).put()));

        backend().apply(new KernelUpdate(changes));
        assertThat(policies()).hasSize(300);

        changes.replaceAll(change -> new KernelChange.DeletePolicy(
                ((KernelChange.PutPolicy) change).policy().key()));
        changes.add(refusedChange());
        refused(EINVAL, REFUSED_POLICY, changes.toArray(KernelChange[]::new));
        assertThat(policies()).hasSize(300);
    }

    @Test
    default void aPolicyDeletedAndPutAgainComesBackAsItWas() throws Exception {
        apply(policy(1, 1000).put());

        refused(
                EINVAL,
                REFUSED_POLICY,
                policy(1, 1000).delete(),
                policy(2, 1000).put(),
                refusedChange());
        assertThat(policies()).containsExactly(policy(1, 1000).build());

        refused(EINVAL, REFUSED_POLICY, policy(2, 1000).put(), policy(2, 1000).delete(), refusedChange());
        assertThat(policies()).containsExactly(policy(1, 1000).build());
    }

    @Test
    default void sasOfAFailedUpdateAreTakenBack() throws Exception {
        needsEsp("undoing added SAs");
        TestSa existing = TestSa.outbound(NET, 1001);
        apply(existing.add(), policy(1, 1000).put());

        refused(
                EEXIST,
                "ESP SA 000003e9 to 192.0.2.2",
                TestSa.inbound(NET, new Spi(0xc0000001)).add(),
                TestSa.outbound(NET, 1002).add(),
                policy(2, 1000).put(),
                existing.add(),
                TestSa.outbound(NET, 1003).add());

        assertThat(completeSas())
                .extracting(InstalledSa::key)
                .containsExactly(existing.build().key());
        assertThat(policies()).containsExactly(policy(1, 1000).build());
    }

    @Test
    default void anSaTwiceInOneUpdateIsRefused() throws Exception {
        needsEsp("an SA twice in an update");
        TestSa outbound = TestSa.outbound(NET, 1001);

        refused(EEXIST, "ESP SA 000003e9 to 192.0.2.2", outbound.add(), outbound.add());

        assertThat(sas()).isEmpty();
    }

    @Test
    default void aRefusedSaCanBeAddedLater() throws Exception {
        needsEsp("adding again after an undo");
        Spi spi = backend().allocateSpi(NET.spiRequest(1));
        TestSa inbound = TestSa.inbound(NET, spi);

        refused(EINVAL, REFUSED_POLICY, inbound.add(), refusedChange());
        assertThat(completeSas()).isEmpty();

        apply(inbound.add());
        assertThat(sas()).extracting(InstalledSa::larval).containsExactly(false);
    }

    @Test
    default void sasAreDeletedOnlyAfterAllElseSucceeded() throws Exception {
        needsEsp("deletion within an update");
        TestSa first = TestSa.outbound(NET, 1001);
        TestSa second = TestSa.inbound(NET, new Spi(0xc0000001));
        apply(first.add(), second.add());

        refused(EINVAL, REFUSED_POLICY, first.delete(), refusedChange(), second.delete());
        assertThat(completeSas()).hasSize(2);

        refused(
                EEXIST,
                "ESP SA 000003e9 to 192.0.2.2",
                first.delete(),
                first.reqid(5).add());
        assertThat(completeSas()).hasSize(2).extracting(InstalledSa::reqid).containsOnly(1);
    }

    @Test
    default void aReservationOutlivesAFailedUpdateThatWouldDeleteIt() throws Exception {
        Spi spi = backend().allocateSpi(NET.spiRequest(1));

        refused(EINVAL, REFUSED_POLICY, TestSa.inbound(NET, spi).delete(), refusedChange());

        assertThat(sas()).extracting(sa -> sa.key().spi()).containsExactly(spi);
    }

    @Test
    default void aRekeyIsOneUpdate() throws Exception {
        needsEsp("a rekey");
        TestSa oldIn = TestSa.inbound(NET, new Spi(0xc0000001));
        TestSa oldOut = TestSa.outbound(NET, 1001);
        apply(oldIn.add(), oldOut.add(), policy(1, 1000).put());
        Spi newSpi = backend().allocateSpi(NET.spiRequest(1));

        apply(
                TestSa.inbound(NET, newSpi).add(),
                oldOut.delete(),
                TestSa.outbound(NET, 1002).add(),
                oldIn.delete(),
                policy(1, 1000).put());

        assertThat(sas())
                .extracting(sa -> sa.key().spi())
                .containsExactlyInAnyOrderElementsOf(List.of(newSpi, new Spi(1002)));
        assertThat(policies()).containsExactly(policy(1, 1000).build());
    }
}
