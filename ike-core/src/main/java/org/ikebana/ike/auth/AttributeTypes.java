package org.ikebana.ike.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** Keywords of the attributes of distinguished names, as strongSwan writes them, and their object identifiers. */
final class AttributeTypes {
    static final String COUNTRY = "2.5.4.6";
    static final String EMAIL = "1.2.840.113549.1.9.1";
    static final String DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";

    private static final int MAX_OID_LENGTH = 128;

    private static final Map<String, String> OIDS = new LinkedHashMap<>();
    private static final Map<String, String> KEYWORDS = new LinkedHashMap<>();

    static {
        add(COUNTRY, "C");
        add("2.5.4.10", "O");
        add("2.5.4.11", "OU");
        add("2.5.4.3", "CN");
        add("2.5.4.7", "L");
        add("2.5.4.8", "ST");
        add("2.5.4.9", "STREET");
        add(EMAIL, "E", "Email", "emailAddress");
        add(DOMAIN_COMPONENT, "DC");
        add("0.9.2342.19200300.100.1.1", "UID");
        add("2.5.4.4", "S");
        add("2.5.4.5", "SN", "serialNumber");
        add("2.5.4.12", "T");
        add("2.5.4.13", "D");
        add("2.5.4.17", "postalCode");
        add("2.5.4.41", "N");
        add("2.5.4.42", "G");
        add("2.5.4.43", "I");
        add("2.5.4.45", "ID");
        add("2.5.4.46", "dnQualifier");
        add("2.5.4.54", "dmdName");
        add("2.5.4.65", "pseudonym");
        add("2.16.840.1.113730.3.1.3", "EN", "employeeNumber");
        add("1.2.840.113549.1.9.2", "UN", "unstructuredName");
        add("1.2.840.113549.1.9.8", "UA", "unstructuredAddress");
    }

    private AttributeTypes() {}

    /** The object identifier of a keyword, in whatever case; a dotted object identifier stands for itself. */
    static Optional<ASN1ObjectIdentifier> oid(String keyword) {
        String oid = OIDS.getOrDefault(keyword.toLowerCase(Locale.ROOT), keyword);
        return oid.length() > MAX_OID_LENGTH
                ? Optional.empty()
                : Optional.ofNullable(ASN1ObjectIdentifier.tryFromID(oid));
    }

    /** The object identifier itself where there is no keyword. */
    static String keyword(String oid) {
        return KEYWORDS.getOrDefault(oid, oid);
    }

    private static void add(String oid, String... keywords) {
        for (String keyword : keywords) {
            OIDS.put(keyword.toLowerCase(Locale.ROOT), oid);
        }
        KEYWORDS.put(oid, keywords[0]);
    }
}
