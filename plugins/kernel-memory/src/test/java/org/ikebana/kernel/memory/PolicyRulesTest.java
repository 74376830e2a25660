package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0, 16, 10.1.255.255, true",
        "10.1.0.0, 16, 10.2.0.0, false",
        "0.0.0.0, 0, 203.0.113.9, true",
        "0.0.0.0, 0, 2001:db8::1, false",
        "192.0.2.128, 25, 192.0.2.127, false",
        "192.0.2.128, 25, 192.0.2.255, true",
        "192.0.2.4, 31, 192.0.2.5, true",
        "192.0.2.4, 31, 192.0.2.6, false",
        "192.0.2.4, 32, 192.0.2.4, true",
        "192.0.2.4, 32, 192.0.2.5, false",
        "2001:db8::, 33, 2001:db8:7fff::1, true",
        "2001:db8::, 33, 2001:db8:8000::1, false",
        "2001:db8::1, 128, 2001:db8::1, true",
        "2001:db8::1, 128, 2001:db8::2, false",
    })
    void prefixesContainAddresses(String prefix, int length, String address, boolean contained) {
        IpPrefix network = new IpPrefix(InetAddress.ofLiteral(prefix), length);

        assertThat(SelectorMatch.contains(network, InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }
}
