package org.ikebana.daemon.demo;

import java.io.IOException;

/** A network namespace of the demo's own; removed when closed. */
record Namespace(String name) implements AutoCloseable {
    static Namespace create(String prefix) throws IOException, InterruptedException {
        Namespace namespace =
                new Namespace(prefix + "-" + ProcessHandle.current().pid());
        Tool.require("ip", "netns", "add", namespace.name);
        namespace.require("ip", "link", "set", "lo", "up");
        return namespace;
    }

    Tool run(String... command) throws IOException, InterruptedException {
        return Tool.run(inside(command));
    }

    String require(String... command) throws IOException, InterruptedException {
        return Tool.require(inside(command));
    }

    /** What {@code ip} shows of it. */
    String ip(String arguments) throws IOException, InterruptedException {
        return Tool.require(("ip -n " + name + " " + arguments).split(" "));
    }

    void address(String device, String address) throws IOException, InterruptedException {
        require("ip", "address", "add", address, "dev", device);
        require("ip", "link", "set", device, "up");
    }

    void route(String net, String via, String source) throws IOException, InterruptedException {
        require("ip", "route", "add", net, "via", via, "src", source);
    }

    String[] inside(String... command) {
        String[] all = new String[command.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", name}, 0, all, 0, 4);
        System.arraycopy(command, 0, all, 4, command.length);
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            Tool.require("ip", "netns", "delete", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
