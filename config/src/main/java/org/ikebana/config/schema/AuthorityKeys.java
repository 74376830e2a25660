package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Support.IGNORED;
import static org.ikebana.config.schema.Texts.TEXT;

import java.util.List;

/** The keys of {@code authorities.<name>}. */
public final class AuthorityKeys {
    public static final Key<String> CACERT = derived("cacert", TEXT, "", "file of its certificate, in x509ca");
    public static final Key<String> FILE = derived("file", TEXT, "", "path of its certificate, instead of cacert");
    public static final Key<List<String>> CRL_URIS =
            derived("crl_uris", Uris.LISTS, "", "where its revocation lists are, besides what its certificates say");
    public static final Key<List<String>> OCSP_URIS =
            derived("ocsp_uris", Uris.RESPONDERS, "", "where its OCSP responders are, asked before all others");

    static final List<Key<?>> ALL = List.of(
            CACERT,
            FILE,
            TokenKeys.HANDLE,
            TokenKeys.SLOT,
            TokenKeys.MODULE,
            CRL_URIS,
            OCSP_URIS,
            derived("cert_uri_base", TEXT, "", "where its certificates are found by their hash")
                    .with(IGNORED, "certificates go in CERT payloads whole"));

    private AuthorityKeys() {}
}
