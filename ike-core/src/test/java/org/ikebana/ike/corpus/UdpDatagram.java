package org.ikebana.ike.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One UDP datagram of a capture.
 *
 * @param frame number of the (last) frame that carried it
 * @param source address and port, such as {@code 192.0.2.1:500}
 * @param destination address and port
 */
public record UdpDatagram(int frame, String source, String destination, byte[] payload) {
    private static final int NON_ESP_MARKER_LENGTH = 4;

    /** All datagrams of a pcap or pcapng file, IP fragments put together. */
    public static List<UdpDatagram> of(Path capture) throws IOException {
        return new IpReassembly().datagrams(CaptureFile.read(capture));
    }

    /** The IKE message without the non-ESP marker (RFC 3948 2.2); empty for ESP and keepalives. */
    public Optional<byte[]> ike() {
        if (isPort(500)) {
            return Optional.of(payload);
        }
        if (!isPort(4500) || payload.length < NON_ESP_MARKER_LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < NON_ESP_MARKER_LENGTH; i++) {
            if (payload[i] != 0) {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.copyOfRange(payload, NON_ESP_MARKER_LENGTH, payload.length));
    }

    private boolean isPort(int port) {
        return source.endsWith(":" + port) || destination.endsWith(":" + port);
    }
}
