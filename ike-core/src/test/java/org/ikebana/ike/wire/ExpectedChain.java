package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.corpus.Json;

/** Reads a message that others wrote, compares its payload types, and writes it back. */
final class ExpectedChain {
    private static final int FLAGS_OFFSET = 19;
    private static final int KNOWN_FLAGS = 0x38;
    private static final int NO_NEXT = 0;

    private ExpectedChain() {}

    static IkeMessage check(byte[] message, Json payloadTypes, String where) {
        List<Integer> expected = payloadTypes.list().stream().map(Json::number).toList();
        Decoded decoded = MessageReader.read(message);
        assertThat(decoded).as(where).isInstanceOf(Decoded.Accepted.class);
        IkeMessage read = ((Decoded.Accepted) decoded).message();
        assertThat(read.payloads()).as(where).extracting(Payload::typeCode).isEqualTo(expected);
        assertThat(MessageWriter.write(read)).as(where).isEqualTo(canonical(message));
        return read;
    }

    /** The message as RFC 7296 2.5 wants it sent: reserved bits zero, and without octets after the last payload. */
    private static byte[] canonical(byte[] message) {
        byte[] canonical = message.clone();
        canonical[FLAGS_OFFSET] &= KNOWN_FLAGS;
        int type = canonical[16] & 0xff;
        int at = IkeHeader.LENGTH;
        while (type != NO_NEXT) {
            if (PayloadType.of(type).isPresent()) {
                canonical[at + 1] = 0;
            }
            boolean last = type == PayloadType.SK.code() || type == PayloadType.SKF.code();
            type = last ? NO_NEXT : canonical[at] & 0xff;
            at += (canonical[at + 2] & 0xff) << 8 | canonical[at + 3] & 0xff;
        }
        canonical[26] = (byte) (at >> 8);
        canonical[27] = (byte) at;
        return Arrays.copyOf(canonical, at);
    }
}
