package org.ikebana.ike.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.PayloadType;

/** What must hold of any identity, written or received. */
final class AnyIdentity {
    private AnyIdentity() {}

    static Stream<Identity> parsed(String text) {
        try {
            return Stream.of(Identity.parse(text));
        } catch (IdentitySyntaxException e) {
            assertThat(e.getMessage()).as(text).isNotBlank();
            assertThat(e.index()).as(text).isBetween(0, text.length());
            return Stream.empty();
        }
    }

    /** Read or refused; what is read can be told to people and, unless it is a pattern, to a peer. */
    static void text(String text) {
        parsed(text).forEach(identity -> {
            assertPrintable(identity);
            if (identity.isConcrete()) {
                assertThat(identity.matches(identity)).as(text).isTrue();
                assertThat(Identity.of(identity.toPayload(PayloadType.IDR)))
                        .as(text)
                        .isEqualTo(identity);
            }
        });
    }

    static void payload(IdPayload payload) {
        Identity identity = Identity.of(payload);
        assertPrintable(identity);
        assertThat(identity.matches(identity)).isEqualTo(identity.isConcrete());
        assertThat(identity.matches(Identity.ANY)).isEqualTo(identity.isConcrete());
    }

    private static void assertPrintable(Identity identity) {
        assertThat(identity.toString())
                .isNotBlank()
                .hasSizeLessThan(2_000)
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");
    }
}
