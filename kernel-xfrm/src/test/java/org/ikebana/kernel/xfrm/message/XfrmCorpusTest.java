package org.ikebana.kernel.xfrm.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkAck;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkPayload;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Messages that iproute2, the kernel and other programs made, and what they were made from. */
class XfrmCorpusTest {
    private static final int HEADER = 16;

    @TestFactory
    Stream<DynamicTest> encodesWhatACommandOfIproute2Says() throws IOException {
        return commands()
                .filter(recorded -> Json.objects(recorded, "sent").size() == 1)
                .map(recorded -> DynamicTest.dynamicTest(Json.text(recorded, "command"), () -> {
                    NetlinkRequest ours =
                            IpXfrm.message(Json.text(recorded, "command")).request();
                    int bodySize = ours.payload().body().size();
                    assertThat(comparable(encode(ours.payload(), ours.flags()), bodySize))
                            .isEqualTo(comparable(
                                    hex(Json.objects(recorded, "sent").getFirst()), bodySize));
                }));
    }

    @TestFactory
    Stream<DynamicTest> readsAndWritesWhatOthersWrote() throws IOException {
        return recordedMessages()
                .map(hex -> DynamicTest.dynamicTest(name(hex), () -> {
                    byte[] octets = HexFormat.of().parseHex(hex);
                    NetlinkMessage message = parse(octets);
                    if (message.header().type() == Netlink.NLMSG_ERROR) {
                        assertThat(NetlinkAck.read(message).errno()).isBetween(0, 133);
                    } else if (message.header().type() > Netlink.NLMSG_OVERRUN) {
                        XfrmMessage decoded = XfrmDecoder.decode(message);
                        assertThat(decoded).isNotInstanceOf(XfrmMessage.Unknown.class);
                        System.arraycopy(new byte[8], 0, octets, 8, 8);
                        assertThat(encode(decoded, message.header().flags())).isEqualTo(octets);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> tellsWhatTheKernelSaysAboutARefusal() throws IOException {
        return commands()
                .filter(recorded -> Json.text(recorded, "tool_message").startsWith("Error: "))
                .map(recorded -> DynamicTest.dynamicTest(Json.text(recorded, "command"), () -> {
                    NetlinkMessage message =
                            parse(hex(Json.objects(recorded, "received").getFirst()));
                    assertThat(NetlinkAck.read(message).text().map(text -> "Error: " + text + "."))
                            .contains(Json.text(recorded, "tool_message"));
                }));
    }

    private static Stream<Map<String, Object>> commands() throws IOException {
        return entries().filter(entry -> entry.containsKey("command"));
    }

    private static Stream<String> recordedMessages() throws IOException {
        return entries()
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry),
                        Stream.concat(Json.objects(entry, "sent").stream(), Json.objects(entry, "received").stream())))
                .filter(entry -> entry.containsKey("hex"))
                .map(entry -> Json.text(entry, "hex"));
    }

    private static Stream<Map<String, Object>> entries() throws IOException {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Path file : XfrmCorpus.files()) {
            entries.addAll(Json.objects(Json.read(file), "messages"));
        }
        return entries.stream();
    }

    private static byte[] hex(Map<String, Object> message) {
        return HexFormat.of().parseHex(Json.text(message, "hex"));
    }

    private static NetlinkMessage parse(byte[] octets) throws IOException {
        return NetlinkMessage.split(CStruct.of(ByteBuffer.wrap(octets), 0, octets.length))
                .getFirst();
    }

    private static byte[] encode(NetlinkPayload payload, int flags) {
        NetlinkRequest request = new NetlinkRequest(payload, flags);
        CStruct target = CStruct.allocate(request.size());
        request.writeTo(target, 0);
        return target.bytes(0, target.size());
    }

    private static String name(String hex) {
        return "type " + HexFormat.fromHexDigits(hex, 8, 10) + ", " + hex.length() / 2 + " octets";
    }

    /** Header without sequence and port, fixed part, then the attributes in the order of their octets. */
    private static List<String> comparable(byte[] message, int bodySize) {
        List<String> parts = new ArrayList<>();
        parts.add(HexFormat.of().formatHex(message, 0, 8));
        parts.add(HexFormat.of().formatHex(message, HEADER, HEADER + bodySize));
        TreeSet<String> attributes = new TreeSet<>();
        ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
        for (int offset = HEADER + aligned(bodySize); offset < message.length; ) {
            int length = buffer.getShort(offset);
            attributes.add(HexFormat.of().formatHex(message, offset, offset + length));
            offset += aligned(length);
        }
        parts.addAll(attributes);
        return parts;
    }

    private static int aligned(int length) {
        return (length + 3) / 4 * 4;
    }
}
