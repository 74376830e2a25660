package org.ikebana.it.peer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;

/**
 * A tunnel with Ikebana at one end and strongSwan at the other: how either is made to rekey, and how one knows that both
 * are done with it.
 */
public record TunnelOnCommand(IkebanaOnCommand ikebana, StrongSwan strongSwan) {
    private static final Duration SETTLED = Patience.seconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** What is rekeyed. */
    public enum Subject {
        CHILD,
        IKE
    }

    /** Who begins it. */
    public enum By {
        IKEBANA,
        STRONGSWAN,
        BOTH_AT_ONCE
    }

    /**
     * Has it done, and returns when both ends have gone over; what was replaced may still be there. For two rekeys to
     * meet, packets must take some time on their way: a command follows the other end's.
     */
    public void rekey(Subject subject, By by) {
        int ours = ikebana.logged();
        int theirs = strongSwan.logged();
        switch (by) {
            case IKEBANA -> ask(subject);
            case STRONGSWAN -> askStrongSwan(subject);
            case BOTH_AT_ONCE -> {
                CompletableFuture<Void> command = CompletableFuture.runAsync(() -> askStrongSwan(subject));
                strongSwan.awaitLogAfter(theirs, "generating CREATE_CHILD_SA request");
                ask(subject);
                command.join();
            }
        }
        switch (subject) {
            case CHILD -> {
                ikebana.awaitLogAfter(ours, "child net.* rekeyed, goes on");
                strongSwan.awaitLogAfter(theirs, "outbound CHILD_SA net.* established");
            }
            case IKE -> {
                ikebana.awaitLogAfter(ours, "]: rekeyed, goes on");
                strongSwan.awaitLogAfter(theirs, "IKE_SA site.* rekeyed");
            }
        }
    }

    /** When what was replaced is gone: one IKE SA with one child SA at both ends. */
    public void awaitOnePair() {
        Await.value("one IKE SA with one child SA at both ends", SETTLED, LOOK, this::sas, BothEnds.ONE_PAIR::equals);
    }

    private BothEnds sas() {
        return new BothEnds(ikebana.sas(), new IkebanaOnCommand.Sas(listed("site: "), listed("  net: ")));
    }

    /** What is there. */
    private record BothEnds(IkebanaOnCommand.Sas ikebana, IkebanaOnCommand.Sas strongSwan) {
        static final BothEnds ONE_PAIR = new BothEnds(new IkebanaOnCommand.Sas(1, 1), new IkebanaOnCommand.Sas(1, 1));
    }

    private void ask(Subject subject) {
        switch (subject) {
            case CHILD -> ikebana.rekeyChild("net");
            case IKE -> ikebana.rekeyIke("site");
        }
    }

    private void askStrongSwan(Subject subject) {
        switch (subject) {
            case CHILD -> strongSwan.rekeyChild("net");
            case IKE -> strongSwan.rekeyIke("site");
        }
    }

    /** Lines of the list of SAs that begin so: those of IKE SAs at its left, those of child SAs further in. */
    private int listed(String beginning) {
        return (int) strongSwan
                .listSas()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .count();
    }
}
