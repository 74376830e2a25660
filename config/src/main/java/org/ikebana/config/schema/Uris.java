package org.ikebana.config.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ikebana.config.problem.Quote;

/** Lists of URIs of servers. */
final class Uris {
    /** Of revocation lists. */
    static final ValueType<List<String>> LISTS = type("http and ldap URIs", Set.of("http", "ldap"));
    /** Of OCSP. */
    static final ValueType<List<String>> RESPONDERS = type("http URIs", Set.of("http"));

    private Uris() {}

    private static ValueType<List<String>> type(String form, Set<String> schemes) {
        return ValueType.of(form, text -> CommaList.parse(text, item -> parse(item, schemes)));
    }

    private static String parse(String text, Set<String> schemes) throws BadValue {
        String remedy = "write it as in http://pki.example.org/ca.crl, a comma within it as %2C";
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new BadValue(Quote.of(text) + " does not name a server", remedy);
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("https")) {
                throw new BadValue(
                        Quote.of(text) + " is not looked up by https",
                        "write http://; what comes from there is signed");
            }
            if (!schemes.contains(scheme)) {
                throw new BadValue(Quote.of(text) + " is not looked up by " + scheme, remedy);
            }
            return text;
        } catch (URISyntaxException e) {
            throw new BadValue(Quote.of(text) + " is no URI", remedy);
        }
    }
}
