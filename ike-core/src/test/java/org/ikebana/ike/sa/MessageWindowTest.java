package org.ikebana.ike.sa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ikebana.ike.sa.MessageWindow.Standing;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.junit.jupiter.api.Test;

/** RFC 7296 2.2 and 2.3 with a window of one. */
class MessageWindowTest {
    private static final byte[] REQUEST = {1, 2, 3};
    private static final List<byte[]> REPLY = List.of(new byte[] {4, 5, 6});

    private final MessageWindow window = new MessageWindow();

    @Test
    void takesOneRequestAfterTheOther() {
        assertThat(window.standing(request(0), REQUEST)).isEqualTo(Standing.FRESH);
        window.answered(REQUEST, REPLY);
        assertThat(window.standing(request(1), REQUEST)).isEqualTo(Standing.FRESH);
        assertThat(window.standing(request(2), REQUEST)).isEqualTo(Standing.OUTSIDE);
    }

    @Test
    void knowsARepeatedRequestByItsOctets() {
        window.answered(REQUEST, REPLY);
        assertThat(window.standing(request(0), REQUEST.clone())).isEqualTo(Standing.REPEATED);
        assertThat(window.lastReply()).isSameAs(REPLY);
        assertThat(window.standing(request(0), new byte[] {1, 2, 9})).isEqualTo(Standing.ALTERED);
        assertThat(window.standing(request(0), new byte[] {1, 2})).isEqualTo(Standing.ALTERED);
    }

    @Test
    void forgetsWhatWasAnsweredBeforeTheLast() {
        window.answered(REQUEST, REPLY);
        window.answered(new byte[] {7}, REPLY);
        assertThat(window.standing(request(0), REQUEST)).isEqualTo(Standing.OUTSIDE);
    }

    @Test
    void countsItsOwnRequestsWhenTheyAreAnswered() {
        assertThat(window.requestId()).isZero();
        window.completed();
        assertThat(window.requestId()).isEqualTo(1);
    }

    private static IkeHeader request(int messageId) {
        return IkeHeader.of(1, 2, ExchangeType.INFORMATIONAL, true, false, messageId);
    }
}
