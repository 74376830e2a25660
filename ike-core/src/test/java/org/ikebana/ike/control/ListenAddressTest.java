package org.ikebana.ike.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9405, 127.0.0.1:9405",
        "[::1]:9405, [0:0:0:0:0:0:0:1]:9405",
        "localhost:1, 127.0.0.1:1",
        "0.0.0.0:65535, 0.0.0.0:65535"
    })
    void takesAddressesWithPorts(String text, String meant) throws IOException {
        assertThat(ListenAddress.parse("x", text, "")).hasToString(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "9405",
        ":9405",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:-1",
        "127.0.0.1:http",
        "1.2.3.4.5:80"
    })
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ListenAddress.parse("control.x.listen", text, "127.0.0.1:9405"))
                .withMessageStartingWith("control.x.listen in ikebana.conf is '" + text + "', which ")
                .withMessageEndingWith("write it as in 127.0.0.1:9405");
    }
}
