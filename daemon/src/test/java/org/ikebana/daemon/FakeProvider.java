package org.ikebana.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelCapabilities;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelFeature;
import org.ikebana.ike.kernel.KernelListener;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.kernel.TransportConfig;

/** Opens, opens without ESP, or refuses; remembers with which options, and whether the backend was closed. */
final class FakeProvider implements KernelBackendProvider {
    private final String name;
    private final Optional<KernelException> refusal;
    private final KernelCapabilities capabilities;
    private final List<Map<String, String>> opened = new ArrayList<>();
    private int closed;

    private FakeProvider(String name, Optional<KernelException> refusal, KernelCapabilities capabilities) {
        this.name = name;
        this.refusal = refusal;
        this.capabilities = capabilities;
    }

    static FakeProvider working(String name) {
        return new FakeProvider(name, Optional.empty(), new KernelCapabilities(true, "", false, name + " of a test"));
    }

    static FakeProvider withoutEsp(String name, String reason) {
        return new FakeProvider(
                name, Optional.empty(), new KernelCapabilities(false, reason, false, name + " without ESP"));
    }

    static FakeProvider refusing(String name, String reason) {
        return new FakeProvider(
                name,
                Optional.of(new KernelException(name, 0, reason, Optional.empty())),
                new KernelCapabilities(false, reason, false, ""));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KernelBackend open(Map<String, String> options) throws KernelException {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        opened.add(options);
        return new Backend();
    }

    /** The options of each time. */
    List<Map<String, String>> opened() {
        return opened;
    }

    int stillOpen() {
        return opened.size() - closed;
    }

    private final class Backend implements KernelBackend {
        @Override
        public KernelCapabilities capabilities() {
            return capabilities;
        }

        @Override
        public List<KernelFeature> features() {
            return List.of(
                    KernelFeature.present("protocol", "ESP"),
                    KernelFeature.missing("protocol", "AH", "load ah4"),
                    KernelFeature.present("algorithm", "cbc(aes)"));
        }

        @Override
        public Spi allocateSpi(SpiRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void apply(KernelUpdate update) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<SaUsage> usage(SaKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KernelSnapshot snapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void listen(KernelListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
