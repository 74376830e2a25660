package org.ikebana.vici.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ikebana.ike.ts.ProtocolPorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectorTextTest {
    @TempDir
    private Path folder = Path.of("");

    private ServiceNames services() throws Exception {
        Path file = folder.resolve("services");
        Files.writeString(file, """
                # names
                ssh   22/tcp    # SSH
                www-old 80/tcp old
                http  80/tcp    www
                domain 53/udp
                broken
                """);
        return ServiceNames.read(file);
    }

    @Test
    void aSinglePortGoesByTheNameThatTheHostHasFirst() throws Exception {
        ServiceNames services = services();
        assertThat(SelectorText.of(new ProtocolPorts(6, 22, 22), services)).isEqualTo("[tcp/ssh]");
        assertThat(SelectorText.of(new ProtocolPorts(6, 80, 80), services)).isEqualTo("[tcp/www-old]");
        assertThat(SelectorText.of(new ProtocolPorts(17, 53, 53), services)).isEqualTo("[udp/domain]");
    }

    @Test
    void allElseIsANumber() throws Exception {
        ServiceNames services = services();
        assertThat(SelectorText.of(new ProtocolPorts(17, 22, 22), services)).isEqualTo("[udp/22]");
        assertThat(SelectorText.of(new ProtocolPorts(6, 22, 80), services)).isEqualTo("[tcp/22-80]");
        assertThat(SelectorText.of(new ProtocolPorts(1, 22 * 256, 22 * 256), services))
                .isEqualTo("[icmp/22]");
        assertThat(SelectorText.of(ProtocolPorts.ANY, services)).isEmpty();
        assertThat(SelectorText.of(new ProtocolPorts(6, 22, 22), ServiceNames.read(folder.resolve("nothing"))))
                .isEqualTo("[tcp/22]");
    }
}
