package org.ikebana.it.kill;

import java.util.random.RandomGenerator;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.EndlessPing;

/** Waits for a moment that chance decides: any, one between the messages of a rekey, one within a handshake. */
record Moments(RandomGenerator random, EndlessPing ping, Capture ike) {
    /** At {@link org.ikebana.it.net.SteadyPing}'s pace two seconds: until the first rekey at least. */
    private static final int MOST_ANSWERS = 100;

    private static final int MOST_MESSAGES = 6;

    /** While the tunnel is up; says which it was. */
    String await() {
        if (random.nextBoolean()) {
            int answers = 1 + random.nextInt(MOST_ANSWERS);
            ping.awaitAnswers(answers, KillCampaign.PATIENCE);
            return "after " + answers + " answers";
        }
        return awaitMessages("a rekey's message ");
    }

    /** While a daemon starts and negotiates. */
    String awaitHandshake() {
        return awaitMessages("a handshake's message ");
    }

    private String awaitMessages(String what) {
        int messages = 1 + random.nextInt(MOST_MESSAGES);
        ike.awaitFurther(messages, KillCampaign.PATIENCE);
        return "after " + what + messages;
    }
}
