package org.ikebana.ike.wire;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What must hold of any octets whatever: nothing is thrown, and what is accepted has one meaning. Called very often,
 * hence without AssertJ.
 */
final class CleanOutcome {
    private CleanOutcome() {}

    static void of(byte[] datagram, Supplier<String> where) {
        byte[] before = datagram.clone();
        switch (MessageReader.read(datagram)) {
            case Decoded.Accepted accepted -> {
                IkeMessage message = accepted.message();
                Decoded again = MessageReader.read(MessageWriter.write(message));
                require(again.equals(accepted), "does not read back", where);
                MessageRules.checkOuter(message).ifPresent(violation -> requireExplained(violation, where));
            }
            case Decoded.Dropped dropped -> require(!dropped.detail().isBlank(), "is not explained", where);
            case Decoded.Answered answered ->
                require(!answered.header().response(), "is a response and answered", where);
        }
        require(Arrays.equals(datagram, before), "was changed", where);
    }

    static void ofChain(IkeHeader header, int firstType, byte[] plain, Supplier<String> where) {
        switch (MessageReader.readChain(firstType, plain)) {
            case DecodedChain.Payloads chain -> {
                byte[] written = MessageWriter.chain(chain.payloads());
                DecodedChain again = MessageReader.readChain(MessageWriter.firstType(chain.payloads()), written);
                require(again.equals(chain), "does not read back", where);
                MessageRules.checkInner(header, chain.payloads())
                        .ifPresent(violation -> requireExplained(violation, where));
            }
            case DecodedChain.Refused refused -> {
                require(!refused.detail().isBlank(), "is not explained", where);
                require(refused.notification().isError(), "is refused without an error", where);
            }
        }
    }

    private static void requireExplained(RuleViolation violation, Supplier<String> where) {
        require(!violation.detail().isBlank(), "breaks an unexplained rule", where);
        require(violation.notification().isError(), "breaks a rule without an error", where);
    }

    private static void require(boolean holds, String complaint, Supplier<String> where) {
        if (!holds) {
            throw new AssertionError(where.get() + " " + complaint);
        }
    }
}
