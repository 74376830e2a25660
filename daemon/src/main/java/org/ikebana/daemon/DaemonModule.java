package org.ikebana.daemon;

import dagger.Module;
import dagger.Provides;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.ikebana.daemon.systemd.ServiceManager;
import org.ikebana.ike.auth.CredentialProvider;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.crypto.CryptoProvider;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.service.EventLog;

/** What is not made by an injected constructor. */
@Module
final class DaemonModule {
    private DaemonModule() {}

    @Provides
    static List<CryptoProvider> cryptoProviders() {
        return ServiceLoader.load(CryptoProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Provides
    static List<KernelBackendProvider> kernelBackends() {
        return ServiceLoader.load(KernelBackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Provides
    static List<CredentialProvider> credentialProviders() {
        return ServiceLoader.load(CredentialProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Provides
    static List<ControlPlugin> controlPlugins() {
        return ServiceLoader.load(ControlPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Provides
    static Consumer<IkeEvent> events() {
        return EventLog::log;
    }

    @Provides
    static ServiceManager serviceManager() {
        return ServiceManager.of(System.getenv());
    }
}
