package org.ikebana.ike.sa;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.EncryptedFragmentPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

/** RFC 7383 2.6. */
class ReassemblyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(165);

    private final List<Runnable> timers = new ArrayList<>();
    private int cancelled;
    private final Reassembly reassembly = new Reassembly(this::after, PATIENCE);

    @Test
    void joinsInTheOrderOfNumbersWhateverTheOrderOfArrival() {
        assertThat(add(3, 3, "c")).isEmpty();
        assertThat(add(1, 3, "a")).isEmpty();
        assertThat(add(2, 3, "b")).contains("abc");
    }

    @Test
    void oneFragmentIsAMessage() {
        assertThat(add(1, 1, "all")).contains("all");
    }

    @Test
    void aFragmentMayBeEmpty() {
        assertThat(add(1, 2, "")).isEmpty();
        assertThat(add(2, 2, "rest")).contains("rest");
    }

    @Test
    void theFirstFragmentStandsForTheMessage() {
        Reassembly.Fragment first = fragment(0, 1, 2);
        add(2, 2, "b");
        assertThat(reassembly.add(first, new byte[1]))
                .hasValueSatisfying(whole -> assertThat(whole.first()).isSameAs(first));
    }

    @Test
    void doesNotWantWhatIsThere() {
        add(2, 3, "b");
        assertThat(reassembly.wants(fragment(0, 2, 3))).isFalse();
        assertThat(reassembly.wants(fragment(0, 1, 3))).isTrue();
    }

    @Test
    void aLargerSetTakesThePlaceOfASmallerOne() {
        add(1, 2, "long");
        assertThat(reassembly.wants(fragment(0, 1, 3))).isTrue();
        assertThat(add(3, 3, "c")).isEmpty();
        assertThat(reassembly.wants(fragment(0, 2, 2))).as("of the set before").isFalse();
        assertThat(add(2, 3, "b")).isEmpty();
        assertThat(add(1, 3, "a")).contains("abc");
    }

    @Test
    void anotherMessageTakesThePlaceOfAnUnfinishedOne() {
        add(1, 2, "old");
        assertThat(reassembly.add(fragment(1, 1, 2), "ne".getBytes())).isEmpty();
        assertThat(reassembly.add(fragment(1, 2, 2), "w".getBytes()).map(w -> new String(w.plain())))
                .contains("new");
    }

    @Test
    void hasALimitOfFragments() {
        assertThat(reassembly.wants(fragment(0, 1, Reassembly.FRAGMENTS))).isTrue();
        assertThat(reassembly.wants(fragment(0, 1, Reassembly.FRAGMENTS + 1))).isFalse();
        assertThat(reassembly.wants(fragment(0, 1, 0xffff))).isFalse();
    }

    @Test
    void hasALimitOfOctets() {
        byte[] much = new byte[Reassembly.OCTETS / 2];
        reassembly.add(fragment(0, 1, 3), much);
        reassembly.add(fragment(0, 2, 3), much);
        assertThat(reassembly.add(fragment(0, 3, 3), new byte[2])).isEmpty();
        assertThat(reassembly.wants(fragment(0, 1, 1))).as("begins anew").isTrue();
    }

    @Test
    void discardsWhatIsNotCompletedInTime() {
        add(1, 2, "a");
        assertThat(timers).hasSize(1);
        timers.getFirst().run();
        assertThat(reassembly.wants(fragment(0, 1, 2))).isTrue();
    }

    @Test
    void aCompleteMessageNeedsNoTimer() {
        add(1, 2, "a");
        add(2, 2, "b");
        assertThat(cancelled).isEqualTo(1);
    }

    private Optional<String> add(int number, int total, String text) {
        Reassembly.Fragment fragment = fragment(0, number, total);
        assertThat(reassembly.wants(fragment)).isTrue();
        return reassembly.add(fragment, text.getBytes()).map(whole -> new String(whole.plain()));
    }

    private static Reassembly.Fragment fragment(int messageId, int number, int total) {
        var payload = new EncryptedFragmentPayload(0, number, total, Octets.EMPTY);
        IkeHeader header = IkeHeader.of(1, 2, ExchangeType.IKE_AUTH, true, false, messageId);
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere", 500);
        return new Reassembly.Fragment(
                new IkeMessage(header, List.of(payload)), payload, new Datagram(nowhere, nowhere, new byte[0]));
    }

    private Timer after(Duration delay, Runnable action) {
        assertThat(delay).isEqualTo(PATIENCE);
        timers.add(action);
        return () -> cancelled++;
    }
}
