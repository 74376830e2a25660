package org.ikebana.it.net;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ikebana.it.lab.Lab;

/**
 * A switch (a bridge in a namespace of its own) with one port a machine, named after the machine. A test may listen at any
 * of them: the bridge itself does not see what it forwards.
 */
public final class Wire {
    private static final String ADDRESS = "203.0.113.1";
    /** Nobody has this address; frames to it are flooded to every port. */
    private static final String NOBODY = "203.0.113.2";

    private static final int FIRST_MARK = 40_000;

    private final Netns netns;
    private int nextMark = FIRST_MARK;

    private Wire(Netns netns) {
        this.netns = netns;
    }

    public static Wire create(Lab lab) {
        Netns netns = Netns.create(lab, "wire");
        // Without an address of its own the bridge takes those of its ports, and forgets its neighbours each time.
        netns.ip(
                "link add bridge address 02:00:00:00:00:01 type bridge mcast_snooping 0",
                "link set dev bridge up",
                "address add " + ADDRESS + "/24 dev bridge",
                "neighbour add " + NOBODY + " lladdr 02:00:00:00:00:02 nud permanent dev bridge");
        return new Wire(netns);
    }

    /** Plugs a new interface of that machine in; the machine has to switch it on. */
    public void plug(Netns machine, String interfaceName) {
        netns.ip(
                netns.cable(machine.role(), machine, interfaceName),
                "link set dev %s master bridge".formatted(machine.role()));
    }

    /** Pulls the machine's plug: nothing reaches it any more, and its own interface stays up. */
    public void unplug(Netns machine) {
        netns.ip("link set dev %s nomaster".formatted(machine.role()));
    }

    /** Puts the plug back in. */
    public void replug(Netns machine) {
        netns.ip("link set dev %s master bridge".formatted(machine.role()));
    }

    /** Listens to all that this machine sends and is sent, from now on. */
    public Capture capture(Netns machine) {
        return Capture.start(this, machine.role(), "");
    }

    /** Listens to all that is neither IKE nor ESP in UDP, for times when there is much of these. */
    public Capture captureOthers(Netns machine) {
        return Capture.start(this, machine.role(), "not udp port 500 and not udp port 4500");
    }

    /**
     * Listens to what this machine sends and is sent in clear from one prefix to another.
     *
     * @param ways from the key to the value
     */
    public Capture captureWays(Netns machine, Map<String, String> ways) {
        return Capture.start(
                this,
                machine.role(),
                ways.entrySet().stream()
                        .map(way -> "(src net %s and dst net %s)".formatted(way.getKey(), way.getValue()))
                        .collect(Collectors.joining(" or ", "(", " or src host " + ADDRESS + ")")));
    }

    /** Listens to IKE alone, also where ESP is in UDP (RFC 3948 2.2). IPv4 only. */
    public Capture captureIke(Netns machine) {
        return Capture.start(this, machine.role(), "(udp port 500 or (udp port 4500 and udp[8:4] = 0))");
    }

    Netns netns() {
        return netns;
    }

    /**
     * Sends a datagram that every capture sees after all that was sent before.
     *
     * @return an expression that is found in its line and in no other
     */
    String mark() {
        int port = nextMark++;
        netns.exec("bash", "-c", "echo >/dev/udp/%s/%d".formatted(NOBODY, port)).run();
        return "IP %s\\.\\d+ > %s\\.%d: ".formatted(Pattern.quote(ADDRESS), Pattern.quote(NOBODY), port);
    }

    /** Whether the line is of a packet between others, not of a mark. */
    static boolean isTraffic(String line) {
        return (line.contains(" IP ") || line.contains(" IP6 ")) && !line.contains(" IP " + ADDRESS + ".");
    }
}
