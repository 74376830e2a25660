package org.ikebana.ike.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedKeysTest {
    /** Keys by their owners; the identities of both sides are sun (local) and moon (remote). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "any; sun; moon; sun moon           | sun moon",
                "any; sun; moon                     | moon",
                "any; sun                           | sun",
                "any; venus; venus mars             | any",
                "venus; venus mars                  | -",
                "venus sun                          | venus sun",
                "%any; moon                         | moon",
                "%any sun; any                      | %any sun",
                "*; moon                            | moon",
                "m*; moon                           | moon",
                "*oon sun; moon sun                 | moon sun",
                "*oon sun; moon                     | *oon sun",
                "any; *oon                          | *oon",
                "moon; moon venus                   | moon",
                "moon venus; moon                   | moon venus",
                "MOON                               | MOON",
                "@@moon; any                        | any",
            })
    void takesTheKeyThatFitsBest(String keys, String best) throws Exception {
        SharedKeys store = keys(keys.split(";"));

        assertThat(store.sharedKey(Identity.parse("sun"), Identity.parse("moon"))
                        .map(SharedKey::name))
                .isEqualTo(best.equals("-") ? Optional.empty() : Optional.of(best));
    }

    @Test
    void aPeerThatIsNotKnownYetHasNoKeyOfItsOwn() throws Exception {
        SharedKeys store = keys("moon", "sun", "any");

        assertThat(store.sharedKey(Identity.parse("sun"), Identity.ANY).map(SharedKey::name))
                .contains("sun");
        assertThat(store.sharedKey(Identity.parse("venus"), Identity.ANY).map(SharedKey::name))
                .contains("any");
    }

    @Test
    void tellsWhatKeysThereAre() throws Exception {
        assertThat(keys("sun moon", "any", "@#0102").candidates())
                .containsExactly("sun moon of sun and moon", "any of anybody", "@#0102 of {11}:#0102");
        assertThat(keys().sharedKey(Identity.parse("sun"), Identity.parse("moon")))
                .isEmpty();
    }

    private static SharedKeys keys(String... owners) throws IdentitySyntaxException {
        List<SharedKey> keys = new ArrayList<>();
        for (String each : owners) {
            String name = each.strip();
            List<Identity> identities = new ArrayList<>();
            if (!name.equals("any")) {
                for (String owner : name.split(" ")) {
                    identities.add(Identity.parse(owner));
                }
            }
            keys.add(new SharedKey(name, identities, Secret.copyOf(new byte[] {1})));
        }
        return new SharedKeys(keys);
    }
}
