package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Support.IGNORED;
import static org.ikebana.config.schema.Texts.TEXT;

import java.util.List;
import java.util.stream.Stream;

/** All of {@code swanctl.conf}, as strongSwan 6 documents it. */
public final class SwanctlTable {
    public static final SectionType CHILD =
            SectionType.of("connections.<conn>.children.<child>", "traffic to protect", ChildKeys.ALL, List.of());
    /** Also of {@code remote}. */
    public static final SectionType CERT =
            certificate("connections.<conn>.local<suffix>.cert<suffix>", "a certificate to use");

    public static final SectionType CACERT =
            certificate("connections.<conn>.remote<suffix>.cacert<suffix>", "a CA to accept");
    public static final SectionType LOCAL = SectionType.of(
            "connections.<conn>.local<suffix>", "how this side authenticates", AuthKeys.LOCAL, List.of(CERT));
    public static final SectionType REMOTE = SectionType.of(
            "connections.<conn>.remote<suffix>",
            "how the peer must authenticate",
            AuthKeys.REMOTE,
            List.of(certificate("connections.<conn>.remote<suffix>.cert<suffix>", "a certificate to accept"), CACERT));
    public static final SectionType CONNECTION = SectionType.of(
            "connections.<conn>",
            "a connection with a peer",
            ConnectionKeys.ALL,
            List.of(
                    LOCAL,
                    REMOTE,
                    SectionType.of("connections.<conn>.children", "its children", List.of(), List.of(CHILD))));
    public static final SectionType AUTHORITY = SectionType.of(
            "authorities.<name>",
            "a CA, and where it says which certificates are revoked",
            AuthorityKeys.ALL,
            List.of());
    public static final SectionType SECRET = SecretKeys.IKE;
    public static final SectionType PPK = SecretKeys.PPK;
    public static final SectionType TOKEN = SecretKeys.TOKEN;
    /** Of passwords. */
    public static final List<SectionType> EAP = SecretKeys.EAP;

    public static final SectionType NTLM = SecretKeys.NTLM;
    /** Of what opens files in a folder. */
    public static final List<SectionType> PASSPHRASES = SecretKeys.PASSPHRASES;

    /** The root. */
    public static final SectionType ROOT = SectionType.of(
            "",
            "swanctl.conf",
            List.of(),
            List.of(
                    SectionType.of("connections", "all connections", List.of(), List.of(CONNECTION)),
                    SectionType.of("secrets", "all secrets", List.of(), SecretKeys.ALL),
                    SectionType.of("pools", "pools of virtual addresses", List.of(), List.of(pool())),
                    SectionType.of("authorities", "CAs", List.of(), List.of(AUTHORITY))));

    private SwanctlTable() {}

    private static SectionType certificate(String path, String meaning) {
        return SectionType.of(path, meaning, AuthKeys.CERTIFICATE_SOURCE, List.of());
    }

    private static SectionType pool() {
        List<Key<?>> keys = Stream.<Key<?>>of(
                        derived("addrs", TEXT, "", "subnet or range of the addresses"),
                        derived("dns", TEXT, "", "DNS servers"),
                        derived("nbns", TEXT, "", "WINS servers"),
                        derived("dhcp", TEXT, "", "DHCP servers"),
                        derived("netmask", TEXT, "", "network mask"),
                        derived("server", TEXT, "", "servers"),
                        derived("subnet", TEXT, "", "subnets behind this side"),
                        derived("split_include", TEXT, "", "subnets to tunnel"),
                        derived("split_exclude", TEXT, "", "subnets not to tunnel"),
                        derived("<number>", TEXT, "", "any attribute, by its number"))
                .toList();
        return SectionType.of("pools.<name>", "a pool of virtual addresses", keys, List.of())
                .with(IGNORED, "no connection can use it");
    }
}
