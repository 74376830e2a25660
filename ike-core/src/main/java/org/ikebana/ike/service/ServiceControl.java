package org.ikebana.ike.service;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ikebana.ike.auth.CombinedCredentials;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.control.DaemonLog;
import org.ikebana.ike.control.DatagramTap;
import org.ikebana.ike.control.IkeSaCensus;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.ike.control.ReloadPreview;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.control.Subscription;
import org.ikebana.ike.control.Workload;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service under control: what the files say and what commands have loaded, put into effect together. */
public final class ServiceControl implements DaemonControl {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceControl.class);
    private static final CredentialStore NONE = new SharedKeys(List.of());

    private final IkeService service;
    private final CryptoRegistry crypto;
    private final DaemonFacts facts;
    private final DaemonLog log;
    private final Reloading reloading;
    private final Map<String, ConnectionConfig> commanded = new LinkedHashMap<>();
    private List<ConnectionConfig> filed = List.of();
    private CredentialStore filedCredentials = NONE;
    private CredentialStore commandedCredentials = NONE;

    /** Reads the files again. */
    public interface Reloading {
        /** And calls {@link #configure}. */
        void reload(ServiceControl control) throws ReloadException, InterruptedException;

        /** And changes nothing. */
        default ReloadPreview preview(ServiceControl control) throws ReloadException, InterruptedException {
            throw new ReloadException("this daemon has no files to read");
        }
    }

    /** Of a program that keeps no lines of its log. */
    public ServiceControl(IkeService service, CryptoRegistry crypto, DaemonFacts facts, Reloading reloading) {
        this(service, crypto, facts, new UnkeptLog(), reloading);
    }

    public ServiceControl(
            IkeService service, CryptoRegistry crypto, DaemonFacts facts, DaemonLog log, Reloading reloading) {
        this.service = service;
        this.crypto = crypto;
        this.facts = facts;
        this.log = log;
        this.reloading = reloading;
    }

    /** What the files say now; what commands have loaded stays. */
    public synchronized void configure(List<ConnectionConfig> connections, CredentialStore credentials) {
        filed = List.copyOf(connections);
        filedCredentials = credentials;
        putIntoEffect();
    }

    @Override
    public DaemonFacts facts() {
        return facts;
    }

    @Override
    public Workload workload() throws InterruptedException {
        return service.workload();
    }

    @Override
    public CryptoRegistry crypto() {
        return crypto;
    }

    @Override
    public <T> T ask(Function<IkeEngine, T> question) throws InterruptedException {
        return service.ask(question);
    }

    @Override
    public void tell(Consumer<IkeEngine> command) {
        service.tell(command);
    }

    @Override
    public List<IkeSaStatus> ikeSas(Predicate<IkeSaStatus> wanted) throws InterruptedException {
        return IkeSaCensus.of(this).stream()
                .filter(wanted)
                .map(this::withUsage)
                .sorted(Comparator.comparingInt(ikeSa -> ikeSa.name().number()))
                .toList();
    }

    @Override
    public DaemonLog log() {
        return log;
    }

    @Override
    public DatagramTap.Tapped tap(DatagramTap tap) {
        return service.tap(tap);
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        return service.subscribe(subscriber);
    }

    @Override
    public synchronized CredentialStore credentials() {
        return new CombinedCredentials(List.of(commandedCredentials, filedCredentials));
    }

    @Override
    public synchronized void replaceCredentials(CredentialStore credentials) {
        commandedCredentials = credentials;
        putIntoEffect();
    }

    @Override
    public synchronized void load(List<ConnectionConfig> connections) {
        for (ConnectionConfig connection : connections) {
            commanded.put(connection.name(), connection);
            service.load(connection);
        }
    }

    @Override
    public synchronized boolean unload(String name) {
        boolean isGone = commanded.remove(name) != null;
        if (isGone) {
            putIntoEffect();
        }
        return isGone;
    }

    @Override
    public synchronized Set<String> loaded() {
        return Set.copyOf(commanded.keySet());
    }

    @Override
    public void reload() throws ReloadException, InterruptedException {
        reloading.reload(this);
    }

    @Override
    public ReloadPreview previewReload() throws ReloadException, InterruptedException {
        return reloading.preview(this);
    }

    private void putIntoEffect() {
        Map<String, ConnectionConfig> all = new LinkedHashMap<>();
        filed.forEach(connection -> all.put(connection.name(), connection));
        all.putAll(commanded);
        service.load(List.copyOf(all.values()), credentials());
    }

    private IkeSaStatus withUsage(IkeSaStatus ikeSa) {
        return ikeSa.with(ikeSa.children().stream()
                .map(child -> child.with(child.inboundUsage().or(() -> usage(child.inbound())), outboundUsage(child)))
                .toList());
    }

    private Optional<SaUsage> outboundUsage(ChildSaStatus child) {
        boolean isThere = child.stage() != ChildSaStatus.Stage.INSTALLING;
        return child.outboundUsage().or(() -> isThere ? usage(child.outbound()) : Optional.empty());
    }

    /** Outside of the event loop: the kernel takes calls from any thread. */
    private Optional<SaUsage> usage(SaKey key) {
        try {
            return service.kernel().usage(key);
        } catch (KernelException e) {
            LOG.debug("what {} has carried cannot be read", key, e);
            return Optional.empty();
        }
    }
}
