package org.ikebana.kernel.xfrm;

import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.kernel.linux.NetworkNamespace;

/**
 * Another machine at the end of a cable, whose kernel is told everything by {@code ip xfrm}. The calling thread is the
 * one that the cable comes from, in a namespace of its own. Both have {@link TestNet}'s addresses: the thread's the local
 * ones, the peer those of the peer.
 */
final class KernelPeer implements AutoCloseable {
    private static final Pattern ANSWERED = Pattern.compile("(\\d+) received");
    static final int REQUESTS = 3;

    private final NetworkNamespace.Visit home;
    private final String name;

    private KernelPeer(NetworkNamespace.Visit home, String name) {
        this.home = home;
        this.name = name;
    }

    /** Moves the calling thread into a namespace of its own; {@link #close} on the same thread moves it back. */
    static KernelPeer connect() throws IOException, InterruptedException {
        KernelPeer peer = new KernelPeer(
                NetworkNamespace.enter(), "peer-" + ProcessHandle.current().pid());
        try {
            command("ip netns add " + peer.name);
            command("ip link add name cable type veth peer name cable netns " + peer.name);
            peer.ip("link set lo up");
            for (TestNet net : TestNet.values()) {
                peer.ip(address(net, net.peer().getHostAddress(), 24, 64));
                peer.ip(address(net, net.innerPeer().getHostAddress(), 32, 128));
                command("ip " + address(net, net.local().getHostAddress(), 24, 64));
                command("ip " + address(net, net.innerLocal().getHostAddress(), 32, 128));
            }
            peer.ip("link set cable up");
            command("ip link set cable up");
            for (TestNet net : TestNet.values()) {
                command("ip route add " + text(net.peerNet()) + " via "
                        + net.peer().getHostAddress() + " src "
                        + net.innerLocal().getHostAddress());
                peer.ip("route add " + text(net.localNet()) + " via "
                        + net.local().getHostAddress() + " src "
                        + net.innerPeer().getHostAddress());
            }
            peer.awaitLink();
            return peer;
        } catch (IOException | InterruptedException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    /** Has {@code ip} do this on the peer. */
    String ip(String arguments) throws IOException, InterruptedException {
        return command("ip -n " + name + " " + arguments);
    }

    /** Has {@code ip} do all of this on the peer: one process for many commands. */
    void ip(List<String> commands) throws IOException, InterruptedException {
        Path batch = Files.createTempFile("peer", ".ip");
        try {
            Files.write(batch, commands);
            ip("-batch " + batch);
        } finally {
            Files.delete(batch);
        }
    }

    private static String text(IpPrefix prefix) {
        return prefix.address().getHostAddress() + "/" + prefix.length();
    }

    /** How many of {@link #REQUESTS} of so many octets are answered. */
    int answersTo(InetAddress source, InetAddress destination, int octets) throws IOException, InterruptedException {
        Process ping = new ProcessBuilder(("ping -n -q -c " + REQUESTS + " -i 0.02 -W 2 -p 00 -s " + octets + " -I "
                                + source.getHostAddress() + " " + destination.getHostAddress())
                        .split(" ", -1))
                .redirectErrorStream(true)
                .start();
        ping.getOutputStream().close();
        String output = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return ANSWERED.matcher(output)
                .results()
                .mapToInt(KernelPeer::number)
                .findFirst()
                .orElseThrow(() -> new IOException("ping: " + output));
    }

    @Override
    public void close() {
        try {
            command("ip netns del " + name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            home.close();
        }
    }

    /** A cable takes a moment after it has been switched on. */
    private void awaitLink() throws IOException, InterruptedException {
        for (TestNet net : TestNet.values()) {
            for (int i = 0; answersTo(net.innerLocal(), net.innerPeer(), 56) == 0; i++) {
                if (i == 10) {
                    throw new IOException("The peer is not reached without IPsec");
                }
            }
        }
    }

    private static String address(TestNet net, String address, int four, int six) {
        return "addr add " + address + "/" + (net == TestNet.IPV4 ? four : six) + " dev cable"
                + (net == TestNet.IPV4 ? "" : " nodad");
    }

    private static int number(MatchResult result) {
        return Integer.parseInt(result.group(1));
    }
}
