package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KernelBackendsTest {
    private static final BackendOptions OPTIONS =
            new BackendOptions(Map.of("bind", "127.0.0.1"), Map.of("name", "ipsec0"), Map.of());

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("ikebana");

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void autoTakesTheKernelsOwnEspWhereThereIsOne() throws KernelException {
        FakeProvider xfrm = FakeProvider.working("xfrm");
        FakeProvider tun = FakeProvider.working("tun");
        try (KernelBackend kernel = new KernelBackends(List.of(tun, xfrm)).open("auto", OPTIONS)) {
            assertThat(kernel.capabilities().description()).isEqualTo("xfrm of a test");
        }
        assertThat(xfrm.opened()).containsExactly(Map.of());
        assertThat(tun.opened()).isEmpty();
        assertThat(lines())
                .containsExactly("kernel backend xfrm: xfrm of a test (kernel = auto: the first choice works)");
    }

    @Test
    void autoTakesTunWhereTheKernelHasNoEspAndSaysWhy() throws KernelException {
        FakeProvider xfrm = FakeProvider.withoutEsp("xfrm", "the kernel has no ESP: load esp4");
        FakeProvider tun = FakeProvider.working("tun");
        try (KernelBackend kernel = new KernelBackends(List.of(xfrm, tun)).open("auto", OPTIONS)) {
            assertThat(kernel.capabilities().esp()).isTrue();
            assertThat(xfrm.stillOpen()).as("what was tried in vain is closed").isZero();
        }
        assertThat(tun.opened()).containsExactly(Map.of("name", "ipsec0"));
        assertThat(lines())
                .containsExactly("kernel backend tun: tun of a test"
                        + " (kernel = auto: xfrm does not work: the kernel has no ESP: load esp4)");
    }

    @Test
    void autoTakesTunWhereXfrmDoesNotEvenOpen() throws KernelException {
        FakeProvider xfrm = FakeProvider.refusing("xfrm", "no NETLINK_XFRM: modprobe xfrm_user");
        FakeProvider tun = FakeProvider.working("tun");
        try (KernelBackend kernel = new KernelBackends(List.of(xfrm, tun)).open("auto", OPTIONS)) {
            assertThat(kernel.capabilities().description()).isEqualTo("tun of a test");
        }
        assertThat(lines()).singleElement().asString().contains("xfrm: no NETLINK_XFRM: modprobe xfrm_user");
    }

    @Test
    void autoFailsWithBothReasonsWhereNothingWorks() {
        FakeProvider xfrm = FakeProvider.withoutEsp("xfrm", "the kernel has no ESP: load esp4");
        FakeProvider tun = FakeProvider.refusing("tun", "no /dev/net/tun: modprobe tun");
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> new KernelBackends(List.of(xfrm, tun)).open("auto", OPTIONS))
                .withMessageContainingAll("kernel = auto", "load esp4", "modprobe tun");
        assertThat(xfrm.stillOpen()).isZero();
        assertThat(lines()).isEmpty();
    }

    @Test
    void aNamedBackendIsTakenEvenIfItHasNoEsp() throws KernelException {
        FakeProvider xfrm = FakeProvider.withoutEsp("xfrm", "the kernel has no ESP: load esp4");
        FakeProvider tun = FakeProvider.working("tun");
        try (KernelBackend kernel = new KernelBackends(List.of(xfrm, tun)).open("xfrm", OPTIONS)) {
            assertThat(kernel.capabilities().esp()).isFalse();
        }
        assertThat(tun.opened()).isEmpty();
        assertThat(lines())
                .containsExactly(
                        "kernel backend xfrm: xfrm without ESP",
                        "no SA can be installed: the kernel has no ESP: load esp4; tunnels will not come up");
    }

    @Test
    void eachBackendGetsItsOwnOptions() throws KernelException {
        FakeProvider memory = FakeProvider.working("memory");
        new KernelBackends(List.of(memory)).open("memory", OPTIONS).close();
        assertThat(memory.opened()).containsExactly(Map.of("bind", "127.0.0.1"));
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThereAre() {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(
                        () -> new KernelBackends(List.of(FakeProvider.working("tun"), FakeProvider.working("memory")))
                                .open("pfkey", OPTIONS))
                .withMessageContainingAll("pfkey", "[memory, tun]", "ikebana.conf");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
