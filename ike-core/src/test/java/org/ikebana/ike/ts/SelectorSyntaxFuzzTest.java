package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class SelectorSyntaxFuzzTest {
    @MethodSource("seeds")
    @FuzzTest
    void anyTextIsReadOrRefused(byte[] octets) throws Exception {
        String text = new String(octets, StandardCharsets.UTF_8);
        TrafficSelector selector;
        try {
            selector = SelectorSyntax.parse(text);
        } catch (SelectorSyntaxException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.index()).isBetween(0, text.length());
            return;
        }
        assertThat(SelectorSyntax.parse(selector.toString())).isEqualTo(selector);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "10.1.0.0/16",
                        "10.1.0.5-10.1.0.9[udp/1000-2000]",
                        "2001:db8::/32[tcp/http]",
                        "::ffff:192.0.2.1[icmp/3(4)-8(255)]",
                        "192.0.2.1..192.0.2.9[132/opaque]",
                        "10.0.0.0/8[[tcp/]]",
                        "fe80::1%1/128",
                        "[/]",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
