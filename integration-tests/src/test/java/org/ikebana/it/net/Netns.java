package org.ikebana.it.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Witness;

/** A network namespace: a machine of its own as far as the network goes. The lab removes it. */
public final class Netns implements AutoCloseable, Witness {
    private final Lab lab;
    private final String role;
    private final String name;

    private Netns(Lab lab, String role) {
        this.lab = lab;
        this.role = role;
        this.name = lab.id() + "-" + role;
    }

    /** Makes an empty one; even its loopback is off. The role is its short name, unique in its lab. */
    public static Netns create(Lab lab, String role) {
        Netns netns = new Netns(lab, role);
        Command.of("ip", "netns", "add", netns.name).run();
        return lab.own(netns);
    }

    /** Commands that join it to another one by a cable (a veth pair); the other switches its end on by itself. */
    public String cable(String ownInterface, Netns other, String otherInterface) {
        return "link add name %s type veth peer name %s netns %s\nlink set dev %s up"
                .formatted(ownInterface, otherInterface, other.name, ownInterface);
    }

    /** Owns this namespace, and should own what runs in it. */
    public Lab lab() {
        return lab;
    }

    public String role() {
        return role;
    }

    /** The name that {@code ip netns} knows. */
    public String name() {
        return name;
    }

    /** Gives these commands to {@code ip}, one a line. */
    public void ip(String... commands) {
        Command.of("ip", "-n", name, "-batch", "-")
                .reading(String.join("\n", commands) + "\n")
                .run();
    }

    /** Switches forwarding between its interfaces on. */
    public void forward() {
        exec("sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")
                .run();
    }

    /** A program to be run in here. */
    public Command exec(String... program) {
        return Command.of(commandLine(Arrays.asList(program)));
    }

    /** What starts this program in here. */
    public List<String> commandLine(List<String> program) {
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", name));
        line.addAll(program);
        return line;
    }

    @Override
    public void close() {
        Command.of("ip", "netns", "delete", name).run();
    }

    /** Addresses, routes, SAs and policies. */
    @Override
    public String account() {
        StringBuilder account = new StringBuilder("----- namespace " + role + "\n");
        for (String table : List.of(
                "-brief address", "route show table all type unicast", "-s xfrm state", "xfrm policy list nosock")) {
            account.append(Command.of(("ip -n " + name + " " + table).split(" "))
                    .tryRun()
                    .output());
        }
        return account.toString();
    }

    @Override
    public String toString() {
        return role;
    }
}
