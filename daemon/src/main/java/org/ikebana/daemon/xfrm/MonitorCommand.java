package org.ikebana.daemon.xfrm;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.ikebana.daemon.json.Json;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.table.XfrmMonitor;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana xfrm monitor}. */
@Command(
        name = "monitor",
        description = {
            "Follows what happens to the kernel's SAs and policies, a line an event, until Ctrl-C.",
            "Names are looked up among the policies that there are when it begins."
        })
final class MonitorCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--keys", description = "Shows the keys of new SAs, too: whoever has them reads the traffic.")
    private boolean keys;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many events; 0, the default, for never.")
    private int count;

    @Override
    public Integer call() throws UnreadableKernelException, InterruptedException {
        XfrmTables tables = StateCommand.tables(Keys.WIPED);
        Printer printer = new Printer(
                spec.commandLine().getOut(),
                output.names(tables, spec),
                new CountDownLatch(count == 0 ? Integer.MAX_VALUE : count));
        try (XfrmMonitor monitor = XfrmMonitor.start(printer)) {
            spec.commandLine().getErr().println("Following; Ctrl-C ends it.");
            spec.commandLine().getErr().flush();
            printer.left.await();
        } catch (IOException e) {
            throw new UnreadableKernelException(e);
        }
        return 0;
    }

    private final class Printer implements XfrmMonitor.Watcher {
        private final PrintWriter out;
        private final ConnectionNames names;
        private final CountDownLatch left;
        private final Clock clock = Clock.system(ZoneId.systemDefault());

        Printer(PrintWriter out, ConnectionNames names, CountDownLatch left) {
            this.out = out;
            this.names = names;
            this.left = left;
        }

        @Override
        public void onMessage(XfrmMessage message) {
            try {
                print(new EventText(names, keys, clock.instant()).of(message));
            } catch (NetlinkFormatException e) {
                print(new EventText.Event("unreadable", String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void onLost() {
            print(new EventText.Event("lost", "events came faster than they were read: list what there is"));
        }

        private void print(EventText.Event event) {
            if (left.getCount() == 0) {
                return;
            }
            out.println(output.json ? json(event) : time() + " " + event);
            out.flush();
            left.countDown();
        }

        private String time() {
            return TIME.format(LocalTime.now(clock));
        }

        private String json(EventText.Event event) {
            return Json.text(generator -> {
                generator.writeStartObject();
                generator.writeNumberField("time", clock.instant().getEpochSecond());
                generator.writeStringField("event", event.name());
                generator.writeStringField("subject", event.subject());
                generator.writeEndObject();
            });
        }
    }
}
