package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KernelCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatTheKernelHasAndWhatItLacks() {
        FakeProvider xfrm = FakeProvider.working("xfrm");

        assertThat(run(xfrm)).isZero();

        assertThat(out).hasToString("""
                xfrm of a test

                protocol
                  yes ESP
                  no  AH: load ah4

                algorithm
                  yes cbc(aes)
                """);
        assertThat(xfrm.stillOpen()).isZero();
    }

    @Test
    void saysWhyTheKernelCannotBeAsked() {
        assertThat(run(FakeProvider.refusing("xfrm", "no NETLINK_XFRM: modprobe xfrm_user")))
                .isEqualTo(1);
        assertThat(err).hasToString("error: xfrm: no NETLINK_XFRM: modprobe xfrm_user\n");
    }

    private int run(FakeProvider provider) {
        return new CommandLine(new KernelCommand(List.of(provider)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute();
    }
}
