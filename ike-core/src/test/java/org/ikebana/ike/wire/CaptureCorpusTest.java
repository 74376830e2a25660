package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.corpus.UdpDatagram;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Captures of other implementations, message by message against the payload chains that tshark reads. */
class CaptureCorpusTest {
    @TestFactory
    List<DynamicTest> everyIkev2MessageIsReadAsExpected() throws IOException {
        return forEachCapture("pcap-ikev2", capture -> {
            List<Json> expected = Json.read(sibling(capture)).get("messages").list();
            List<UdpDatagram> messages = UdpDatagram.of(capture).stream()
                    .filter(datagram -> datagram.ike().isPresent())
                    .toList();
            assertThat(messages).as("IKE messages").hasSameSizeAs(expected);
            for (int i = 0; i < messages.size(); i++) {
                compare(messages.get(i), expected.get(i));
            }
        });
    }

    @TestFactory
    List<DynamicTest> ikev1IsNeverReadAsVersion2() throws IOException {
        return forEachCapture(
                "pcap-ikev1",
                capture -> assertThat(decodeAll(capture))
                        .isNotEmpty()
                        .allSatisfy(decoded -> assertThat(decoded)
                                .isInstanceOfSatisfying(
                                        Decoded.Dropped.class,
                                        dropped ->
                                                assertThat(dropped.cause()).isEqualTo(DropCause.LOWER_MAJOR_VERSION))));
    }

    @TestFactory
    List<DynamicTest> hostileMessagesEndInACleanOutcome() throws IOException {
        return forEachCapture("pcap-hostile", capture -> {
            for (UdpDatagram datagram : UdpDatagram.of(capture)) {
                datagram.ike().ifPresent(message -> CleanOutcome.of(message, () -> "frame " + datagram.frame()));
            }
        });
    }

    private static void compare(UdpDatagram datagram, Json expected) {
        byte[] message = datagram.ike().orElseThrow();
        String where = "frame " + datagram.frame();
        assertThat(datagram.frame()).isEqualTo(expected.get("frame").number());
        assertThat(datagram.source()).as(where).isEqualTo(expected.get("src").text());
        assertThat(datagram.destination())
                .as(where)
                .isEqualTo(expected.get("dst").text());
        assertThat(message.length)
                .as(where)
                .isEqualTo(expected.get("captured_length").number());
        assertThat(MessageReader.readHeader(message)).as(where).contains(header(expected));
        boolean fits = expected.get("header_length").number() == message.length
                && !expected.get("payload_types").isNull();
        if (fits) {
            ExpectedChain.check(message, expected.get("payload_types"), where);
        } else {
            assertThat(MessageReader.read(message)).as(where).isInstanceOf(Decoded.Dropped.class);
        }
    }

    private static IkeHeader header(Json expected) {
        String[] version = expected.get("version").text().split("\\.", 2);
        int flags = expected.get("flags").number();
        return new IkeHeader(
                expected.get("spi_i").octets().toLong(),
                expected.get("spi_r").octets().toLong(),
                Integer.parseInt(version[0]),
                Integer.parseInt(version[1]),
                expected.get("exchange").number(),
                (flags & 0x08) != 0,
                (flags & 0x20) != 0,
                (flags & 0x10) != 0,
                expected.get("message_id").number());
    }

    private static List<Decoded> decodeAll(Path capture) throws IOException {
        List<Decoded> decoded = new ArrayList<>();
        for (UdpDatagram datagram : UdpDatagram.of(capture)) {
            datagram.ike().ifPresent(message -> decoded.add(MessageReader.read(message)));
        }
        return decoded;
    }

    private interface CaptureCheck {
        void run(Path capture) throws IOException;
    }

    private static List<DynamicTest> forEachCapture(String folder, CaptureCheck check) throws IOException {
        List<Path> captures = new ArrayList<>(Corpus.files(folder, ".pcap"));
        captures.addAll(Corpus.files(folder, ".pcapng"));
        return captures.stream()
                .map(capture -> DynamicTest.dynamicTest(capture.getFileName().toString(), () -> check.run(capture)))
                .toList();
    }

    private static Path sibling(Path capture) {
        return capture.resolveSibling(capture.getFileName().toString().replaceFirst("\\.pcap(ng)?$", ".json"));
    }
}
