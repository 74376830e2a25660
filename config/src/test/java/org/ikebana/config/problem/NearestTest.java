package org.ikebana.config.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KEYS =
            List.of("rekey_time", "reauth_time", "rand_time", "mobike", "id", "local_ts", "remote_ts", "version");

    @ParameterizedTest
    @CsvSource({
        "rekey_tiem, rekey_time",
        "rekeytime, rekey_time",
        "rekey-time, rekey_time",
        "REKEY_TIME, rekey_time",
        "mobik, mobike",
        "local_st, local_ts",
        "ids, id",
        "verison, version",
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(Nearest.to(typed, KEYS)).hasValue(meant);
    }

    @ParameterizedTest
    @CsvSource({"leftsubnet", "x", "hunter2", "ts", "qq"})
    void keepsQuietOtherwise(String typed) {
        assertThat(Nearest.to(typed, KEYS)).isEmpty();
    }

    @Test
    void doesNotCompareTextsThatAreNoWords() {
        assertThat(Nearest.to("rekey_time".repeat(100), KEYS)).isEmpty();
    }
}
