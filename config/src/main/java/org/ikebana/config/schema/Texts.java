package org.ikebana.config.schema;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.ts.AddressText;
import org.ikebana.ike.wire.Octets;

/** The types of values that are text. */
public final class Texts {
    /** Anything. */
    public static final ValueType<String> TEXT = ValueType.of("text", text -> text);

    /** Text, hexadecimal after {@code 0x}, or Base64 after {@code 0s}. Its errors repeat nothing of it. */
    public static final ValueType<Secret> SECRET = ValueType.of("text|0x...|0s...", Texts::secret);

    /** The name of a network device, of those characters that no tool minds; {@code %d} at its end is a number. */
    public static final ValueType<String> DEVICE = ValueType.of("device", Texts::device);

    /** An address of this host and a port. */
    public static final ValueType<String> SOCKET = ValueType.of("address:port", Texts::socket);

    /** An absolute path. */
    public static final ValueType<Path> FOLDER = ValueType.of("folder", Texts::folder);

    /** An absolute path of a file. */
    public static final ValueType<Path> FILE = ValueType.of("file", Texts::file);

    /** Permissions in octal digits. */
    public static final ValueType<String> FILE_MODE = ValueType.of("mode", Texts::fileMode);

    /** Octets in hexadecimal, with colons or without. */
    public static final ValueType<Octets> HEXADECIMAL = ValueType.of("hex", Texts::octets);

    /** Characters that are to be kept to oneself. */
    public static final ValueType<Secret> PIN =
            ValueType.of("text", text -> Secret.wrap(text.getBytes(StandardCharsets.UTF_8)));

    private Texts() {}

    private static Path file(String text) throws BadValue {
        return absolute(text, "/usr/lib/softhsm/libsofthsm2.so");
    }

    private static Octets octets(String text) throws BadValue {
        String digits = text.replace(":", "");
        if (!digits.matches("([0-9a-fA-F]{2}){1,255}")) {
            throw new BadValue(Quote.of(text) + " is not hexadecimal", "write two digits an octet, as in 0a45");
        }
        return Octets.ofHex(digits);
    }

    private static String fileMode(String text) throws BadValue {
        if (!text.matches("0?[0-7]{3}")) {
            throw new BadValue(Quote.of(text) + " is no mode of a file", "write three octal digits, as in 0660");
        }
        return text;
    }

    private static Path folder(String text) throws BadValue {
        return absolute(text, "/var/lib/ikebana");
    }

    private static Path absolute(String text, String example) throws BadValue {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException invalid) {
            // the same complaint: this is no path at all
        }
        throw new BadValue(Quote.of(text) + " is no absolute path", "write it from the root on, as in " + example);
    }

    private static String device(String text) throws BadValue {
        if (!text.matches("[A-Za-z0-9_.-]{1,13}(%d)?") || text.startsWith(".")) {
            throw new BadValue(
                    Quote.of(text) + " is no name of a device",
                    "write up to 13 letters and digits, as in ipsec0, or with %d after them for a number");
        }
        return text;
    }

    private static String socket(String text) throws BadValue {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon)).replaceAll("^\\[(.*)]$", "$1");
        if (AddressText.parse(host).isEmpty()) {
            throw new BadValue(
                    Quote.of(text) + " does not begin with an address", "write it as in 127.0.0.1:9405 or [::1]:9405");
        }
        try {
            Numbers.range("port", 1, 65535).parse(text.substring(colon + 1));
            return text;
        } catch (BadValue bad) {
            throw bad.within(colon + 1);
        }
    }

    private static Secret secret(String text) throws BadValue {
        if (text.startsWith("0x")) {
            return hexadecimal(text.substring(2).replace(":", ""));
        }
        if (text.startsWith("0s")) {
            return base64(text.substring(2).replace(" ", ""));
        }
        return Secret.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret hexadecimal(String digits) throws BadValue {
        if (digits.isEmpty() || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new BadValue(
                    "what follows 0x is not hexadecimal",
                    "a text that begins with 0x must itself be given in hexadecimal");
        }
        if (digits.length() % 2 != 0) {
            throw new BadValue("the number of hexadecimal digits is odd", "put a 0 before them, as strongSwan would");
        }
        return Secret.wrap(HexFormat.of().parseHex(digits));
    }

    private static Secret base64(String digits) throws BadValue {
        try {
            byte[] octets = Base64.getDecoder().decode(digits);
            if (octets.length > 0) {
                return Secret.wrap(octets);
            }
        } catch (IllegalArgumentException invalid) {
            // said below, without the text that the exception repeats
        }
        throw new BadValue("what follows 0s is not Base64", "check that nothing is missing at its end");
    }
}
