package org.ikebana.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.corpus.UdpDatagram;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.Octets;

/** What mutations start from. */
final class HostileMessages {
    private static final List<String> CAPTURES = List.of("pcap-ikev2", "pcap-ikev1", "pcap-hostile", "ike-decrypt");
    private static final List<String> MESSAGES = List.of("ike-messages", "ike-messages/aosp", "ike-decrypt");

    private HostileMessages() {}

    /** Whole exchanges of our own, in several suites; made anew, so that they need no files. */
    static List<byte[]> own() throws Exception {
        List<byte[]> messages = new ArrayList<>();
        for (String suite : List.of(
                "aes256gcm16-prfsha384-ecp384", "aes128-sha256-modp2048", "chacha20poly1305-prfsha256-x25519")) {
            TwoPeers peers = new TwoPeers();
            peers.load(
                    TwoPeers.westSite().proposing(suite, "aes256gcm16").starting(StartAction.START),
                    TwoPeers.eastSite().proposing(suite, "aes256gcm16"));
            peers.pass(Duration.ofSeconds(1));
            peers.west.engine().shutdown(() -> {});
            peers.pass(Duration.ofSeconds(1));
            peers.network.sent().stream().map(Datagram::payload).forEach(messages::add);
        }
        return messages;
    }

    /** Every message of the corpus; skips a test where there is none. */
    static List<byte[]> ofCorpus() throws IOException {
        Set<Octets> messages = new LinkedHashSet<>();
        for (String folder : CAPTURES) {
            for (String suffix : List.of(".pcap", ".pcapng")) {
                for (Path capture : Corpus.files(folder, suffix)) {
                    for (UdpDatagram datagram : UdpDatagram.of(capture)) {
                        datagram.ike().map(Octets::copyOf).ifPresent(messages::add);
                    }
                }
            }
        }
        for (String folder : MESSAGES) {
            for (Path file : Corpus.files(folder, ".json")) {
                collect(Json.read(file), messages);
            }
        }
        return messages.stream().map(Octets::toByteArray).toList();
    }

    /** Any text of hexadecimal digits that is long enough to be a message or a payload. */
    private static void collect(Json json, Set<Octets> messages) {
        switch (json) {
            case Json.Members members -> members.byName().values().forEach(m -> collect(m, messages));
            case Json.Elements elements -> elements.elements().forEach(e -> collect(e, messages));
            case Json.Text text -> {
                boolean hex = text.value().length() % 2 == 0 && text.value().matches("[0-9a-fA-F]{16,}");
                if (hex) {
                    Octets octets = text.octets();
                    messages.add(octets.length() >= IkeHeader.LENGTH ? octets : inInit(octets));
                }
            }
            default -> {}
        }
    }

    /** A lone payload, as what follows the header of an IKE_SA_INIT request. */
    private static Octets inInit(Octets payload) {
        byte[] message = new byte[IkeHeader.LENGTH + payload.length()];
        message[7] = 1;
        message[16] = 33;
        message[17] = 0x20;
        message[18] = 34;
        message[19] = 8;
        message[27] = (byte) message.length;
        System.arraycopy(payload.toByteArray(), 0, message, IkeHeader.LENGTH, payload.length());
        return Octets.wrap(message);
    }
}
