package org.ikebana.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.udp.LinuxUdpTransport;

/**
 * Datagrams a second that the transport echoes on the loopback interface, and a plain {@link DatagramChannel} beside it.
 * One client keeps a window of datagrams under way; its own cost is in both figures.
 *
 * <p>{@code java --enable-native-access=ALL-UNNAMED -cp ... org.ikebana.bench.TransportBench}
 */
public final class TransportBench {
    private static final int OCTETS = 300;
    private static final int WINDOW = 64;
    private static final int DATAGRAMS = 100_000;
    private static final int ROUNDS = 7;
    private static final int LOST_AFTER_MILLISECONDS = 5_000;

    private TransportBench() {}

    /** Alternates between the two and prints the median of each, datagrams a second, and their ratio. */
    public static void main(String[] arguments) throws IOException {
        double[] transport = new double[ROUNDS];
        double[] channel = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            transport[round] = transportRate();
            channel[round] = channelRate();
        }
        double transportMedian = median(transport);
        double channelMedian = median(channel);
        System.out.printf(
                "UDP echo of %d octets, %d under way: LinuxUdpTransport %.0f/s, DatagramChannel %.0f/s, ratio %.2f%n",
                OCTETS, WINDOW, transportMedian, channelMedian, transportMedian / channelMedian);
    }

    private static double transportRate() throws IOException {
        CompletableFuture<IkeTransport> opened = new CompletableFuture<>();
        try (LinuxUdpTransport transport =
                LinuxUdpTransport.open(new TransportConfig(0, 0), request -> reply(opened.join(), request))) {
            opened.complete(transport);
            return rate(new InetSocketAddress(InetAddress.getLoopbackAddress(), transport.port()));
        }
    }

    private static void reply(IkeTransport transport, Datagram request) {
        try {
            transport.send(new Datagram(request.local(), request.remote(), request.payload()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double channelRate() throws IOException {
        try (DatagramChannel channel =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Thread.ofPlatform().name("echo").daemon().start(() -> echo(channel));
            return rate((InetSocketAddress) channel.getLocalAddress());
        }
    }

    private static void echo(DatagramChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65535);
        try {
            while (true) {
                SocketAddress client = channel.receive(buffer.clear());
                channel.send(buffer.flip(), client);
            }
        } catch (ClosedChannelException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has {@link #DATAGRAMS} echoed and returns how many came back a second. */
    private static double rate(InetSocketAddress server) throws IOException {
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(LOST_AFTER_MILLISECONDS);
            client.connect(server);
            DatagramPacket request = new DatagramPacket(new byte[OCTETS], OCTETS);
            DatagramPacket reply = new DatagramPacket(new byte[OCTETS], OCTETS);
            long start = System.nanoTime();
            for (int sent = 0; sent < DATAGRAMS + WINDOW; sent++) {
                if (sent >= WINDOW) {
                    client.receive(reply);
                }
                if (sent < DATAGRAMS) {
                    client.send(request);
                }
            }
            return DATAGRAMS * 1e9 / (System.nanoTime() - start);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
