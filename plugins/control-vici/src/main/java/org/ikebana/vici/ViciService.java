package org.ikebana.vici;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.LastFailures;
import org.ikebana.ike.control.Subscription;
import org.ikebana.vici.command.Capture;
import org.ikebana.vici.command.Command;
import org.ikebana.vici.command.Commands;
import org.ikebana.vici.command.CounterCommands;
import org.ikebana.vici.command.DaemonCommands;
import org.ikebana.vici.command.GetAlgorithms;
import org.ikebana.vici.command.Initiate;
import org.ikebana.vici.command.Install;
import org.ikebana.vici.command.ListAuthorities;
import org.ikebana.vici.command.ListCerts;
import org.ikebana.vici.command.ListConns;
import org.ikebana.vici.command.ListPolicies;
import org.ikebana.vici.command.ListSas;
import org.ikebana.vici.command.ListTunnels;
import org.ikebana.vici.command.LogLevels;
import org.ikebana.vici.command.LogLines;
import org.ikebana.vici.command.PlanReload;
import org.ikebana.vici.command.Probe;
import org.ikebana.vici.command.Refused;
import org.ikebana.vici.command.Rekey;
import org.ikebana.vici.command.Stats;
import org.ikebana.vici.command.Terminate;
import org.ikebana.vici.command.Uninstall;
import org.ikebana.vici.event.EventFeed;
import org.ikebana.vici.event.EventNames;
import org.ikebana.vici.load.AuthorityCommands;
import org.ikebana.vici.load.ConnectionCommands;
import org.ikebana.vici.load.CredentialCommands;
import org.ikebana.vici.load.Loaded;
import org.ikebana.vici.server.ListeningSocket;
import org.ikebana.vici.server.ViciServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sockets, commands and events, put together. */
final class ViciService implements ControlPlugin.Opened {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");

    private final DaemonControl daemon;
    private final List<ListeningSocket> sockets;
    private final ViciServer server;
    private final LastFailures failures = new LastFailures(System::nanoTime);
    private final Subscription failing;
    private Subscription subscription;
    private boolean isClosed;

    private ViciService(DaemonControl daemon, List<ListeningSocket> sockets) {
        this.daemon = daemon;
        this.sockets = List.copyOf(sockets);
        this.server = new ViciServer(new Commands(commands(daemon, failures)), EventNames.ALL);
        this.failing = daemon.subscribe(failures);
        this.subscription = subscribe();
    }

    static ViciService open(DaemonControl daemon, ViciOptions options) throws IOException {
        List<ListeningSocket> sockets = new ArrayList<>();
        try {
            sockets.add(options.file().listen());
            if (options.tcp().isPresent()) {
                sockets.add(ListeningSocket.tcp(options.tcp().get()));
            }
        } catch (IOException e) {
            sockets.forEach(ListeningSocket::close);
            throw e;
        }
        return new ViciService(daemon, sockets);
    }

    @Override
    public void begin() {
        sockets.forEach(server::listen);
        LOG.info("vici is served at {}", sockets);
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            subscription.close();
            failing.close();
        }
        server.close();
        sockets.forEach(ListeningSocket::close);
    }

    /** A new command is a class, and a line here. */
    private static List<Command> commands(DaemonControl daemon, LastFailures failures) {
        Loaded loaded = new Loaded(daemon);
        List<Command> all = new ArrayList<>(List.of(
                new Stats(daemon),
                new GetAlgorithms(daemon),
                new Initiate(daemon),
                new Terminate(daemon),
                new Rekey(daemon),
                new Install(daemon),
                new Uninstall(daemon),
                new PlanReload(daemon),
                new ListSas(daemon),
                new ListTunnels(daemon, failures),
                new LogLevels(daemon),
                new LogLines(daemon),
                new Probe(daemon),
                new Capture(daemon),
                new ListPolicies(daemon),
                new ListConns(daemon),
                new ListCerts(daemon),
                new ListAuthorities(daemon, loaded::authorities)));
        all.addAll(DaemonCommands.commands(daemon));
        all.addAll(new ConnectionCommands(daemon, loaded).commands());
        all.addAll(new CredentialCommands(loaded).commands());
        all.addAll(new AuthorityCommands(loaded).commands());
        all.addAll(CounterCommands.commands(daemon));
        all.addAll(Refused.commands());
        return all;
    }

    private Subscription subscribe() {
        return daemon.subscribe(new EventFeed(daemon, server::isHeard, server::tell, this::subscribeAnew));
    }

    /** Who connects from now on misses nothing. */
    private synchronized void subscribeAnew() {
        server.disconnect();
        if (!isClosed) {
            subscription.close();
            subscription = subscribe();
        }
    }
}
