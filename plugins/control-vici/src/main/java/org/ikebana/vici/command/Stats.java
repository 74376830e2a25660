package org.ikebana.vici.command;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Workload;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/**
 * {@code stats}. The one worker is the event loop, and {@code medium} its queue; of memory the Java heap is told, and as {@code mmap}
 * what Java has besides.
 */
public final class Stats implements Command {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss yyyy", Locale.ROOT);

    private final DaemonControl daemon;

    private record IkeSas(int total, int halfOpen) {}

    public Stats(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Workload workload = daemon.workload();
        IkeSas ikeSas = daemon.ask(Stats::count);
        Instant started = daemon.facts().started();
        int busy = workload.waiting() > 0 ? 1 : 0;
        return Message.with()
                .section(
                        "uptime",
                        Message.with()
                                .put("running", words(Duration.between(started, Instant.now())))
                                .put("since", TIME.format(started.atZone(ZoneId.systemDefault()))))
                .section(
                        "workers",
                        Message.with().put("total", 1).put("idle", 1 - busy).section("active", priorities(busy)))
                .section("queues", priorities(workload.waiting()))
                .put("scheduled", workload.timers())
                .section("ikesas", Message.with().put("total", ikeSas.total).put("half-open", ikeSas.halfOpen))
                .list("plugins", daemon.facts().plugins())
                .section("mallinfo", memory())
                .build();
    }

    private static IkeSas count(IkeEngine engine) {
        return new IkeSas(engine.ikeSas().size(), engine.halfOpen());
    }

    private static MessageBuilder priorities(int medium) {
        return Message.with()
                .put("critical", 0)
                .put("high", 0)
                .put("medium", medium)
                .put("low", 0);
    }

    private static MessageBuilder memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        return Message.with()
                .put("sbrk", heap.getCommitted())
                .put("mmap", memory.getNonHeapMemoryUsage().getCommitted())
                .put("used", heap.getUsed())
                .put("free", heap.getCommitted() - heap.getUsed());
    }

    /** {@code 18 seconds}, {@code 3 hours}: in the largest unit of which there are more than two. */
    static String words(Duration uptime) {
        if (uptime.toDays() > 2) {
            return uptime.toDays() + " days";
        }
        if (uptime.toHours() > 2) {
            return uptime.toHours() + " hours";
        }
        return uptime.toMinutes() > 2 ? uptime.toMinutes() + " minutes" : uptime.toSeconds() + " seconds";
    }
}
