package org.ikebana.ike.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.x509.RevocationList;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestList;
import org.ikebana.ike.x509.TrustedList;
import org.ikebana.ike.x509.UnusableStatusException;
import org.junit.jupiter.api.Test;

/** Lists of other CAs, however many and long, take the place of the oldest, and no more memory than that. */
class ListCacheTest {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();
    private static final Instant NOW = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant NEXT = NOW.plus(Duration.ofDays(1));
    /** Four of them are kept. */
    private static final int LONG = (int) (ListCache.MAX_OCTETS / 5) + 1;

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final ListCache cache = new ListCache();

    @Test
    void untilTheNextListIsDue() throws Exception {
        cache.put("http://one/", list(0));
        assertThat(cache.find("http://one/", root.certificate(), NEXT)).isPresent();
        assertThat(cache.find("http://one/", root.certificate(), NEXT.plusNanos(1)))
                .isEmpty();
    }

    @Test
    void ofItsIssuerAlone() throws Exception {
        cache.put("http://one/", list(0));
        assertThat(cache.find("http://one/", TestAuthority.root("CN=Root").certificate(), NOW))
                .isEmpty();
        assertThat(find("http://two/")).isEmpty();
    }

    @Test
    void theOldestOfTooManyGoes() throws Exception {
        TrustedList list = list(0);
        for (int i = 0; i < ListCache.MAX_LISTS; i++) {
            cache.put("http://" + i + "/", list);
        }
        cache.put("http://0/", list); // it is not the oldest any more
        assertThat(find("http://1/")).isPresent();
        cache.put("http://another/", list);
        assertThat(find("http://1/")).isEmpty();
        assertThat(find("http://0/")).isPresent();
        assertThat(find("http://2/")).isPresent();
        assertThat(find("http://another/")).isPresent();
    }

    @Test
    void theOldestOfTooLongOnesGo() throws Exception {
        TrustedList longOne = list(LONG);
        for (int i = 0; i < 4; i++) {
            cache.put("http://" + i + "/", longOne);
        }
        assertThat(find("http://0/")).isPresent();
        cache.put("http://4/", longOne);
        assertThat(find("http://0/")).isEmpty();
        assertThat(find("http://1/")).isPresent();
    }

    /** What takes the place of a list does not count beside it. */
    @Test
    void aNewerListOfTheSameUriCountsOnce() throws Exception {
        TrustedList longOne = list(LONG);
        cache.put("http://other/", longOne);
        for (int i = 0; i < 10; i++) {
            cache.put("http://one/", longOne);
        }
        assertThat(find("http://other/")).isPresent();
        assertThat(find("http://one/")).isPresent();
    }

    private Optional<TrustedList> find(String uri) {
        return cache.find(uri, root.certificate(), NOW);
    }

    private TrustedList list(int octets) throws UnusableStatusException {
        return RevocationList.decode(TestList.of(root, TestAuthority.BEGIN, NEXT)
                        .padded(octets)
                        .encoded())
                .trust(root.certificate(), CRYPTO);
    }
}
