package org.ikebana.bench.floods;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.KePayload;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.SendBatch;
import org.ikebana.kernel.linux.SendHeader;
import org.ikebana.kernel.udp.UdpSetup;

/**
 * Sends IKE_SA_INIT requests that are as good as any, each with SPI and nonce of its own, from so many addresses that it never
 * listens to. A program of its own in their namespace: reads {@code RATE SECONDS} and prints {@code sent COUNT in SECONDS s}.
 */
public final class Flooder {
    static final String READY = "ready";
    private static final int PORT = 4000;
    private static final int ADDRESSES = 1 << 16;
    private static final int BATCH = 32;

    private final FileDescriptor socket;
    private final SendHeader[] from = new SendHeader[ADDRESSES];
    private final SendBatch batch = new SendBatch(BATCH);
    private final byte[] request;
    private final int nonceAt;
    private final ByteBuffer memory;
    private final SplittableRandom random = new SplittableRandom(7296);
    private int next;

    private Flooder() throws Exception {
        socket = UdpSetup.socket(IpFamily.IPV4);
        UdpSetup.bind(socket, IpFamily.IPV4, PORT);
        InetSocketAddress target = new InetSocketAddress(FloodFiles.RESPONDER, 500);
        for (int i = 0; i < ADDRESSES; i++) {
            byte[] address = {(byte) 198, (byte) 18, (byte) (i >> 8), (byte) i};
            from[i] = new SendHeader(InetAddress.getByAddress(address), target);
        }
        request = request();
        nonceAt = request.length - 32;
        memory = NativeMemory.allocate(BATCH * request.length);
        for (int i = 0; i < BATCH; i++) {
            memory.put(i * request.length, request);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Flooder flooder = new Flooder();
        System.out.println(READY);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            flooder.flood(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        }
    }

    private static byte[] request() throws Exception {
        IkeHeader header = IkeHeader.of(1, 0, ExchangeType.IKE_SA_INIT, true, false, 0);
        Octets digest = Octets.ofHex("5a".repeat(20));
        return MessageWriter.write(new IkeMessage(
                header,
                List.of(
                        ProposalCodec.toWire(
                                ProposalSyntax.parseList(ProtocolId.IKE, "aes256gcm16-prfsha256-x25519"), Octets.EMPTY),
                        new KePayload(31, Octets.ofHex("09" + "00".repeat(31))),
                        NotifyPayload.of(NotifyType.NAT_DETECTION_SOURCE_IP, digest),
                        NotifyPayload.of(NotifyType.NAT_DETECTION_DESTINATION_IP, digest),
                        NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED),
                        new NoncePayload(Octets.ofHex("11".repeat(32))))));
    }

    private void flood(int rate, int seconds) throws IOException {
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        long sent = 0;
        for (long now = start; now < end; now = System.nanoTime()) {
            long due = start + sent * 1_000_000_000L / rate;
            if (due > now) {
                LockSupport.parkNanos(due - now);
            } else {
                sent += sendBatch();
            }
        }
        System.out.printf("sent %d in %.3f s%n", sent, (System.nanoTime() - start) / 1e9);
    }

    private int sendBatch() {
        for (int i = 0; i < BATCH; i++) {
            int at = i * request.length;
            memory.putLong(at, random.nextLong() | 1);
            memory.putLong(at + nonceAt, random.nextLong());
            next = next + 1 & ADDRESSES - 1;
            batch.put(i, from[next], 0, SendBatch.WHOLE, NativeMemory.address(memory) + at, request.length);
        }
        return Math.max(0, batch.send(socket, 0, BATCH));
    }
}
