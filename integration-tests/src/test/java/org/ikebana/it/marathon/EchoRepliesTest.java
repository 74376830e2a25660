package org.ikebana.it.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EchoRepliesTest {
    @Test
    void whatIsNotAnsweredIsLostAndWasSentBetweenItsNeighbours() {
        EchoReplies replies = EchoReplies.read(List.of(
                "PING 10.2.0.2 (10.2.0.2) 56(84) bytes of data.",
                "[100.000500] 64 bytes from 10.2.0.2: icmp_seq=1 ttl=62 time=0.500 ms",
                "[100.012000] 64 bytes from 10.2.0.2: icmp_seq=4 ttl=62 time=6.00 ms",
                "[100.013000] 64 bytes from 10.2.0.2: icmp_seq=3 ttl=62 time=9.00 ms"));

        assertThat(replies.sent()).isEqualTo(4);
        assertThat(replies.received()).isEqualTo(3);
        assertThat(replies.lost()).containsExactly(new EchoReplies.Lost(2, Instant.ofEpochSecond(100, 2_000_000)));
    }

    @Test
    void numbersGoOnBeyondSixteenBits() {
        List<String> lines = IntStream.rangeClosed(1, 70_000)
                .filter(number -> number != 65_536)
                .mapToObj(number -> "[%d.000000] 64 bytes from 10.2.0.2: icmp_seq=%d ttl=62 time=1 ms"
                        .formatted(number, number & 0xffff))
                .toList();
        EchoReplies replies = EchoReplies.read(lines);

        assertThat(replies.sent()).isEqualTo(70_000);
        assertThat(replies.lost()).extracting(EchoReplies.Lost::number).containsExactly(65_536L);
    }

    @Test
    void repeatedAnswersDoNotCount() {
        EchoReplies replies = EchoReplies.read(List.of(
                "[100.000000] 64 bytes from 10.2.0.2: icmp_seq=1 ttl=62 time=0.5 ms",
                "[100.001000] 64 bytes from 10.2.0.2: icmp_seq=1 ttl=62 time=1.5 ms (DUP!)"));

        assertThat(replies.received()).isEqualTo(1);
        assertThat(replies.repeated()).isEqualTo(1);
    }
}
