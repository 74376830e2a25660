package org.ikebana.vici.command;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.DatagramTap;
import org.ikebana.vici.wire.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code capture}, which strongSwan has not: an event {@code capture-datagram} for each IKE datagram of the connection {@code ike}
 * for so many {@code seconds}, and {@code capture-keys} with what its messages are encrypted by, before the first of them. For
 * root alone, and the log has a line of it.
 */
public final class Capture implements Command {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");
    private static final long MOST_SECONDS = 3600;

    private final DaemonControl daemon;

    public Capture(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public Set<String> events() {
        return Set.of(CaptureRun.DATAGRAM, CaptureRun.KEYS);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        String connection = request.text("ike").orElse("");
        long seconds = Numbers.of(request, "seconds").orElse(0);
        if (!isRoot(caller)) {
            LOG.warn("{} asked for a capture with keys and is refused: it is not root", user(caller));
            return Answer.failure("a capture holds keys: only root may have one, over the Unix socket");
        }
        if (seconds < 1 || seconds > MOST_SECONDS) {
            return Answer.failure("seconds must be from 1 to " + MOST_SECONDS);
        }
        if (daemon.ask(
                engine -> engine.connections().stream().noneMatch(c -> c.name().equals(connection)))) {
            return Answer.failure("there is no connection " + connection.replaceAll("\\p{Cntrl}", "?"));
        }
        LOG.warn("{} captures connection {} with its keys, for {} s", user(caller), connection, seconds);
        try (CaptureRun run = new CaptureRun(daemon, connection, caller);
                DatagramTap.Tapped tapped = daemon.tap(run)) {
            return run.until(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        } finally {
            LOG.warn("the capture of connection {} has ended", connection);
        }
    }

    private static String user(Caller caller) {
        return caller.peer().map(UserPrincipal::getName).orElse("somebody");
    }

    private static boolean isRoot(Caller caller) {
        try {
            UserPrincipal root =
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0");
            return caller.peer().filter(root::equals).isPresent();
        } catch (IOException e) {
            LOG.warn("it cannot be found out who root is: {}", e.getMessage());
            return false;
        }
    }
}
