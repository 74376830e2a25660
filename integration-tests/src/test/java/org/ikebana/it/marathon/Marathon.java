package org.ikebana.it.marathon;

import static org.ikebana.it.peer.SwanctlConf.psk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.peer.TunnelOnCommand.By;
import org.ikebana.it.peer.TunnelOnCommand.Subject;

/**
 * One tunnel, Ikebana in the west and strongSwan in the east, rekeyed again and again under a flood of echo requests: first
 * one by one, each end in turn, then by both at once over a wire that is slow enough for their requests to cross.
 */
final class Marathon {
    private final TwoSites sites;
    private final Runners runners;
    private final List<Rekey> rekeys = new ArrayList<>();

    private Marathon(TwoSites sites, Runners runners) {
        this.sites = sites;
        this.runners = runners;
    }

    static Result run(Lab lab, Course course) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Runners runners = Runners.start(unlimited(sites.west(), sites.east()), unlimited(sites.east(), sites.west()));
        return new Marathon(sites, runners).run(course);
    }

    /** Without limits of its own: all rekeys are commanded. */
    private static SwanctlConf unlimited(Site local, Site remote) {
        return psk(local, remote).connection("rekey_time", "0").child("rekey_time", "0");
    }

    private Result run(Course course) {
        Complaints before = Complaints.of(sites);
        FloodPing flood = FloodPing.start(sites.west(), sites.east());
        for (Subject subject : Subject.values()) {
            for (int i = 0; i < course.alone(subject); i++) {
                take(subject, By.IKEBANA);
                take(subject, By.STRONGSWAN);
            }
            runners.awaitOnePair();
        }
        sites.slowDown(Runners.DELAY);
        for (Subject subject : Subject.values()) {
            for (int i = 0; i < course.atOnce(subject); i++) {
                getAhead();
                take(subject, By.BOTH_AT_ONCE);
            }
        }
        flood.goOn();
        long unread = flood.unread();
        flood.finish();
        return new Result(
                rekeys,
                runners.crossings(),
                flood.replies(),
                unread,
                Complaints.of(sites).since(before),
                runners.awaitOnePair());
    }

    /**
     * Has our message IDs run ahead of strongSwan's, which begin again with each IKE SA. A message with the ID of a request that
     * strongSwan is at is dropped by it ("already processing"), an answer to its own request as well; where both rekey the IKE
     * SA it forgets its own then. The rest of the old pair goes before both begin: what is lost then is not this rekey's.
     */
    private void getAhead() {
        take(Subject.CHILD, By.IKEBANA);
        runners.awaitOnePair();
    }

    private void take(Subject subject, By by) {
        Instant began = Instant.now();
        runners.rekey(subject, by);
        rekeys.add(new Rekey(subject, by, began, Instant.now()));
    }

    /**
     * @param crossings times that strongSwan has seen its own request cross one of ours
     * @param unread lost, but not by the tunnel: see {@link FloodPing#unread}
     * @param pairs what was there in the end, at both ends
     */
    record Result(
            List<Rekey> rekeys, int crossings, EchoReplies echo, long unread, Complaints complaints, String pairs) {
        Result {
            rekeys = List.copyOf(rekeys);
        }
    }
}
