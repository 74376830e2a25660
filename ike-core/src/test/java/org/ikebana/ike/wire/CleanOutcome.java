package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold of any octets whatever: nothing is thrown, and what is accepted has one meaning. */
final class CleanOutcome {
    private CleanOutcome() {}

    static void of(byte[] datagram, String where) {
        byte[] before = datagram.clone();
        switch (MessageReader.read(datagram)) {
            case Decoded.Accepted accepted -> {
                IkeMessage message = accepted.message();
                assertThat(MessageReader.read(MessageWriter.write(message)))
                        .as(where)
                        .isEqualTo(accepted);
                MessageRules.checkOuter(message).ifPresent(violation -> assertExplained(violation, where));
            }
            case Decoded.Dropped dropped ->
                assertThat(dropped.detail()).as(where).isNotBlank();
            case Decoded.Answered answered ->
                assertThat(answered.header().response()).as(where).isFalse();
        }
        assertThat(datagram).as(where + " is not changed").isEqualTo(before);
    }

    static void ofChain(IkeHeader header, int firstType, byte[] plain, String where) {
        switch (MessageReader.readChain(firstType, plain)) {
            case DecodedChain.Payloads chain -> {
                byte[] written = MessageWriter.chain(chain.payloads());
                assertThat(MessageReader.readChain(MessageWriter.firstType(chain.payloads()), written))
                        .as(where)
                        .isEqualTo(chain);
                MessageRules.checkInner(header, chain.payloads())
                        .ifPresent(violation -> assertExplained(violation, where));
            }
            case DecodedChain.Refused refused ->
                assertThat(refused.detail()).as(where).isNotBlank();
        }
    }

    private static void assertExplained(RuleViolation violation, String where) {
        assertThat(violation.detail()).as(where).isNotBlank();
        assertThat(violation.notification().isError()).as(where).isTrue();
    }
}
