package org.ikebana.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyRulesTest {
    private static final TestNet FOUR = TestNet.IPV4;
    private static final TestNet SIX = TestNet.IPV6;

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(TestPolicy.tunnel(FOUR, 1).between(FOUR.localNet(), SIX.peerNet()), "families"),
                Arguments.of(
                        TestPolicy.tunnel(FOUR, 1).between(FOUR.localNet(), new IpPrefix(FOUR.peer(), 33)),
                        "Invalid prefix length"),
                Arguments.of(
                        TestPolicy.tunnel(SIX, 1).between(new IpPrefix(SIX.local(), 129), SIX.peerNet()),
                        "Invalid prefix length"),
                Arguments.of(
                        TestPolicy.tunnel(SIX, 1).between(new IpPrefix(SIX.local(), -1), SIX.peerNet()),
                        "Invalid prefix length"),
                Arguments.of(TestPolicy.tunnel(FOUR, 1).tooManyTemplates(), "Template count must be <= 6"),
                Arguments.of(
                        TestPolicy.transport(FOUR, 1).between(SIX.localNet(), SIX.peerNet()),
                        "doesn't support a family change"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(TestPolicy policy, String rule) {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> PolicyRules.check(policy.build()))
                .withMessageContaining(rule)
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(22));
    }

    @Test
    void aTunnelMayChangeTheFamily() throws Exception {
        PolicyRules.check(TestPolicy.tunnel(FOUR, 1)
                .between(SIX.localNet(), SIX.peerNet())
                .build());
    }
}
