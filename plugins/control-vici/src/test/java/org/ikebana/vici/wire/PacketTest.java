package org.ikebana.vici.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketTest {
    private static final int LENGTH_FIELD = 4;

    /** The structure that strongSwan's README of vici gives as its example, octet for octet. */
    @Test
    void theExampleOfTheProtocol() throws MalformedPacketException {
        String octets = "03 04 6b657931 0006 76616c756531" + "01 08 73656374696f6e31" + "01 0b 7375622d73656374696f6e"
                + "03 04 6b657932 0006 76616c756532" + "02" + "04 05 6c69737431" + "05 0005 6974656d31"
                + "05 0005 6974656d32" + "06" + "02";
        Message message = Message.with()
                .put("key1", "value1")
                .section(
                        "section1",
                        Message.with()
                                .section("sub-section", Message.with().put("key2", "value2"))
                                .list("list1", List.of("item1", "item2")))
                .build();
        byte[] expected = HexFormat.of().parseHex("01" + octets.replace(" ", ""));
        assertThat(body(Packet.response(message))).isEqualTo(expected);
        assertThat(Packet.decode(expected)).isEqualTo(Packet.response(message));
    }

    @Test
    void typesWithNamesAndWithout() throws MalformedPacketException {
        assertThat(body(new Packet(PacketType.EVENT_REGISTER, "log", Message.EMPTY)))
                .isEqualTo(new byte[] {3, 3, 'l', 'o', 'g'});
        assertThat(body(Packet.of(PacketType.EVENT_CONFIRM))).isEqualTo(new byte[] {5});
        assertThat(Packet.decode(new byte[] {0, 1, 'x'}))
                .isEqualTo(new Packet(PacketType.CMD_REQUEST, "x", Message.EMPTY));
    }

    @Test
    void theLengthFieldCountsWhatFollowsIt() {
        assertThat(Packet.of(PacketType.CMD_UNKNOWN).encode()).isEqualTo(new byte[] {0, 0, 0, 1, 2});
    }

    @ParameterizedTest
    @CsvSource({
        "'', a packet without a type",
        "08, an unknown packet type 8",
        "0005, a packet ends before its message does",
        "000109, a name with an octet that is no printable ASCII",
        "0503, 1 octets after the end of a packet",
        "0103016b0002ff, a packet ends before its message does",
        "0102, an element of type 2 where none may be",
        "0107, an element of type 7 where none may be",
        "01010161, a packet ends before its message does",
        "0104016103, an element of type 3 in a list",
        "01040161, a packet ends before its message does",
        "0103016b000003016b0000, a section has k twice",
    })
    void whatIsNoPacketIsRefused(String hex, String reason) {
        assertThatThrownBy(() -> Packet.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage(reason);
    }

    @Test
    void sectionsAreNestedOnlySoDeep() throws MalformedPacketException {
        assertThat(Packet.decode(nested(MessageReader.MAX_DEPTH)).message().sections())
                .hasSize(1);
        assertThatThrownBy(() -> Packet.decode(nested(MessageReader.MAX_DEPTH + 1)))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void decodingWhatIsEncodedGivesTheSame() throws MalformedPacketException {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            Packet packet = Packet.event("e" + i, message(random, 3));
            assertThat(Packet.decode(body(packet))).isEqualTo(packet);
        }
    }

    /** There is one encoding of a packet, so that what is taken is what was meant. */
    @Test
    void whateverIsTakenIsEncodedAsItCame() {
        Random random = new Random(5);
        int taken = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = body(Packet.event("e", message(random, 3)));
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            try {
                assertThat(body(Packet.decode(octets))).isEqualTo(octets);
                taken++;
            } catch (MalformedPacketException refused) {
                assertThat(refused).hasMessageMatching("[ -~]+");
            }
        }
        assertThat(taken).isBetween(1000, 49_000);
    }

    @Test
    void whatIsTooLongIsNotSent() {
        Message message = Message.with()
                .section("s", Message.with().put("a", new byte[0xffff]).put("b", new byte[0xffff]))
                .build();
        Message eight = new Message(java.util.stream.IntStream.range(0, 5)
                .<Element>mapToObj(i -> new Element.Section("s" + i, message))
                .toList());
        assertThatThrownBy(() -> Packet.response(eight).encode()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Packet.response(
                                Message.with().put("x".repeat(256), "").build())
                        .encode())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesAreWiped() {
        byte[] secret = "swordfish".getBytes(StandardCharsets.US_ASCII);
        Message message =
                Message.with().section("s", Message.with().put("data", secret)).build();
        message.wipe();
        assertThat(secret).containsOnly(0);
        assertThat(message.toString()).doesNotContain("swordfish");
    }

    private static Message message(Random random, int depth) {
        MessageBuilder message = Message.with();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(depth == 0 ? 2 : 3)) {
                case 0 -> message.put("v" + i, "x".repeat(random.nextInt(400)));
                case 1 -> message.list("l" + i, List.of("a", "", "c").subList(0, random.nextInt(4)));
                default -> message.section("s" + i, message(random, depth - 1));
            }
        }
        return message.build();
    }

    private static byte[] nested(int depth) {
        byte[] octets = new byte[1 + 3 * depth + depth];
        octets[0] = 1;
        for (int i = 0; i < depth; i++) {
            octets[1 + 3 * i] = 1;
            octets[2 + 3 * i] = 1;
            octets[3 + 3 * i] = 'a';
        }
        Arrays.fill(octets, 1 + 3 * depth, octets.length, (byte) 2);
        return octets;
    }

    private static byte[] body(Packet packet) {
        byte[] octets = packet.encode();
        return Arrays.copyOfRange(octets, LENGTH_FIELD, octets.length);
    }
}
