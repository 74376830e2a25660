package org.ikebana.ike.control;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.sa.IkeSaStatus;

/** The daemon as plugins see it. Safe for use by any thread but the event loop's own. */
public interface DaemonControl extends EngineQuestions {
    DaemonFacts facts();

    /** How busy it is now. */
    Workload workload() throws InterruptedException;

    CryptoRegistry crypto();

    /** Has the engine do something on its own loop, and does not wait. */
    void tell(Consumer<IkeEngine> command);

    /**
     * The IKE SAs of such a status with all their children, and what these have carried. Is asked for bit by bit, so that
     * thousands of them keep nobody waiting: they are not of one and the same moment.
     */
    List<IkeSaStatus> ikeSas(Predicate<IkeSaStatus> wanted) throws InterruptedException;

    DaemonLog log();

    /** Shows it all IKE datagrams that come and go, from now on. */
    DatagramTap.Tapped tap(DatagramTap tap);

    /** Hears of what happens from now on, until the subscription is closed. */
    Subscription subscribe(Subscriber subscriber);

    /** In effect: those of the files, of plugins, and of {@link #replaceCredentials}. */
    CredentialStore credentials();

    /** What a plugin has come by, to be used beside the files' credentials; the former such ones are used no more. */
    void replaceCredentials(CredentialStore commanded);

    /** Puts a connection into effect as if it stood in a file, or in the place of the one of its name. */
    default void load(ConnectionConfig connection) {
        load(List.of(connection));
    }

    /** Several, one after the other. */
    void load(List<ConnectionConfig> connections);

    /** Takes a connection away that {@link #load} has brought; one in a file of its name is in effect again. False if there is none. */
    boolean unload(String name);

    /** The names of connections that {@link #load} has brought. */
    Set<String> loaded();

    /**
     * Reads the configuration's files again.
     *
     * @throws ReloadException when there are mistakes in them; everything stays as it was
     */
    void reload() throws ReloadException, InterruptedException;

    /**
     * What {@link #reload} would do now; nothing is changed.
     *
     * @throws ReloadException when there are mistakes in the files
     */
    ReloadPreview previewReload() throws ReloadException, InterruptedException;
}
