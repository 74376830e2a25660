package org.ikebana.it.peer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What goes into {@code strongswan.conf} beside the paths.
 *
 * @param kernelPlugins those that install SAs, the first that can do it wins
 * @param installation which one of the machine's
 * @param charon keys of the daemon's section; keys with dots stand in sections within it
 */
public record StrongSwanSettings(String kernelPlugins, Installation installation, Map<String, String> charon) {
    private static final String CRYPTO_PLUGINS =
            "random nonce openssl pem pkcs1 pkcs8 x509 pubkey revocation constraints curve25519 aes sha1 sha2 hmac kdf gcm"
                    + " chapoly ccm cmac ctr xcbc drbg gcrypt";
    private static final String IKE_PLUGINS =
            "socket-default vici counters eap-identity eap-md5 eap-mschapv2 eap-tls updown";

    /** SAs and policies in the kernel, which must have ESP. */
    public static StrongSwanSettings kernelEsp() {
        return new StrongSwanSettings("kernel-netlink", Installation.OF_THIS_MACHINE, Map.of());
    }

    /**
     * ESP in the daemon itself, over a TUN device: any kernel will do. It then always wants ESP in UDP and says so by
     * pretending a NAT; tunnel mode only, no ESN; and the remote selector must leave out the peer's own address.
     */
    public static StrongSwanSettings userspaceEsp() {
        return new StrongSwanSettings("kernel-libipsec kernel-netlink", Installation.OF_THIS_MACHINE, Map.of());
    }

    /** SAs and policies that are nowhere but in the daemon's own memory; {@code integration-tests/load-tester} must have been run. */
    public static StrongSwanSettings fakeKernel() {
        return new StrongSwanSettings(
                        "load-tester kernel-netlink", Installation.OF_THIS_MACHINE.withLoadTester(), Map.of())
                .with("plugins.load-tester.enable", "yes")
                .with("plugins.load-tester.fake_kernel", "yes");
    }

    /** The strongSwan of another installation, with the same settings. */
    public StrongSwanSettings of(Installation other) {
        return new StrongSwanSettings(kernelPlugins, other, charon);
    }

    /** With this key of strongSwan's manual, without its {@code charon.} in front. */
    public StrongSwanSettings with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(charon);
        more.put(key, value);
        return new StrongSwanSettings(kernelPlugins, installation, more);
    }

    /** The text of {@code strongswan.conf}. The daemon's section is named after the binary; standard error is not buffered. */
    String render(String viciSocket) {
        return """
                charon-systemd {
                  load = %s %s %s
                  load_modular = no
                  plugins { vici { socket = %s } }
                  retransmit_tries = 3
                  retransmit_timeout = 2.0
                  retransmit_base = 1.5
                  filelog { stderr {
                    default = 1
                    ike_name = yes
                    time_format = %%H:%%M:%%S
                    time_add_ms = yes
                  } }
                  journal { default = -1 }
                %s
                }
                swanctl { load = random openssl pem pkcs1 pkcs8 x509 pubkey curve25519 sha1 sha2 hmac aes }
                """.formatted(CRYPTO_PLUGINS, kernelPlugins, IKE_PLUGINS, viciSocket, own());
    }

    private String own() {
        return charon.entrySet().stream()
                .map(entry -> nested(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** {@code a.b = c} as {@code a { b = c }}: keys of this file cannot hold dots. */
    private static String nested(String key, String value) {
        int dot = key.indexOf('.');
        return dot < 0
                ? key + " = " + value + "\n"
                : key.substring(0, dot) + " {\n" + nested(key.substring(dot + 1), value) + "}\n";
    }
}
