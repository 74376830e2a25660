package org.ikebana.config.schema;

/** For every key a right value that is not its default. */
public final class Samples {
    private Samples() {}

    public static String of(Key<?> key) {
        if (key.type() instanceof Choice<?> choice) {
            return choice.words().keySet().stream()
                    .filter(word -> !word.equals(key.presetWords()))
                    .findFirst()
                    .orElse(key.presetWords());
        }
        if (key == ChildKeys.LIFE_BYTES || key == ChildKeys.LIFE_PACKETS) {
            return "7000000000";
        }
        return switch (key.type().form()) {
            case "time", "seconds" -> "7";
            case "factor" -> "2.5";
            case "port", "number", "percent", "packets", "mark/mask", "mark/mask|%same", "table" -> "7";
            case "octets" -> "7k";
            case "octets/mtu" -> "mtu";
            case "mtu", "datagram" -> "1450";
            case "device" -> "ipsec7";
            case "folder" -> "/srv/state";
            case "mode" -> "0640";
            case "file" -> "/usr/lib/module.so";
            case "hex" -> "0a45";
            case "psk|pubkey...|eap-mschapv2|eap-tls|eap|null" -> "ike:ed25519";
            case "proposals" -> key == ConnectionKeys.PROPOSALS ? "aes128-sha256-modp2048" : "aes128-sha256";
            case "selectors" -> "10.0.0.0/8";
            case "identity" -> "@somebody";
            case "addresses, names, subnets, ranges" -> "192.0.2.77";
            case "address:port" -> "127.0.0.1:7";
            case "address/bits, ..." -> "169.254.7.1/30";
            case "http URIs", "http and ldap URIs" -> "http://pki.example.org/ca";
            case "text", "text|0x...|0s..." -> "something";
            default ->
                throw new AssertionError(
                        "There is no sample of the type " + key.type().form());
        };
    }

    /** A name that the key stands for. */
    public static String name(Key<?> key) {
        return key.name().replace("<suffix>", "-x").replace("<number>", "28673");
    }
}
