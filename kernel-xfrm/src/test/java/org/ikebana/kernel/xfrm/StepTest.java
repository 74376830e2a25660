package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.Step.Fallback;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdateSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.junit.jupiter.api.Test;

/** What is tried where the kernel refuses an SA. */
class StepTest {
    private static final SaOptions OFFLOADED = new SaOptions(
            SaOptions.NONE.outputMark(),
            Optional.of(new SaOptions.Offload("lo", SaOptions.Offload.Kind.PACKET, false)),
            Optional.empty(),
            0,
            SaOptions.NONE.cpu(),
            false,
            false);
    private static final SecurityAssociation SA =
            TestSa.inbound(TestNet.IPV4, new Spi(0xc0000001)).options(OFFLOADED).build();

    private final NewSa addition = addition();
    private final XfrmMessage undo = SaMessages.delete(SA.key(), SA.source());

    @Test
    void aLapsedReservationIsAddedAfreshAndThenWithoutTheNetworkCard() {
        Step step = new Step(
                "SA",
                new UpdateSa(addition.body(), addition.attributes()),
                Set.of(Fallback.ADD_AFRESH, Fallback.WITHOUT_OFFLOAD),
                undo);

        Step afresh = step.otherwise(refusal(Errno.ESRCH)).orElseThrow();
        assertThat(afresh.message()).isEqualTo(addition);
        Step inSoftware = afresh.otherwise(refusal(Errno.EINVAL)).orElseThrow();
        assertThat(inSoftware.message())
                .isEqualTo(new NewSa(addition.body(), addition.attributes().without(Xfrma.OFFLOAD_DEV)));
        assertThat(inSoftware.otherwise(refusal(Errno.EINVAL)))
                .as("the refusal that is left is told")
                .isEmpty();
    }

    @Test
    void theNetworkCardMayRefuseACompletionFirst() {
        Step step = new Step(
                "SA",
                new UpdateSa(addition.body(), addition.attributes()),
                Set.of(Fallback.ADD_AFRESH, Fallback.WITHOUT_OFFLOAD),
                undo);

        Step inSoftware = step.otherwise(refusal(Errno.EINVAL)).orElseThrow();
        assertThat(inSoftware.message()).isInstanceOf(UpdateSa.class);
        assertThat(inSoftware.message().attributes().has(Xfrma.OFFLOAD_DEV)).isFalse();
        assertThat(inSoftware.otherwise(refusal(Errno.ESRCH)).orElseThrow().message())
                .isInstanceOf(NewSa.class);
    }

    @Test
    void withoutFallbacksTheFirstRefusalCounts() {
        assertThat(new Step("SA", addition, undo).otherwise(refusal(Errno.ESRCH)))
                .isEmpty();
    }

    @Test
    void whatIsDoneIsNotTriedAgain() {
        Step step = new Step("SA", addition, Set.of(Fallback.WITHOUT_OFFLOAD), undo);

        assertThat(step.otherwise(new NetlinkOutcome<>(0, Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    private static NetlinkOutcome<XfrmMessage> refusal(Errno errno) {
        return new NetlinkOutcome<>(errno.number(), Optional.empty(), Optional.empty());
    }

    private static NewSa addition() {
        try {
            return new SaMessages(false).add(SA);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
