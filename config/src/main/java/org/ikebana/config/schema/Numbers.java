package org.ikebana.config.schema;

import java.time.Duration;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.kernel.Mark;

/** The types of values that are numbers: decimal, or hexadecimal after {@code 0x}. */
public final class Numbers {
    private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;

    /** The rule that leads to the main table has the preference 32766. */
    private static final int BEFORE_MAIN = 32765;

    /** {@code default}, {@code main} and {@code local} (linux/rtnetlink.h). */
    private static final int FIRST_KERNEL_TABLE = 253;

    private static final int LAST_KERNEL_TABLE = 255;
    private static final String SAME = "%same";

    private static final int LARGEST_PACKET = 65535;

    /** Up to 2^32 - 1 seconds. */
    public static final ValueType<Duration> TIME = ValueType.of("time", Numbers::time);

    /** Seconds with a decimal fraction, from a millisecond to an hour. */
    public static final ValueType<Duration> FRACTIONAL_TIME =
            ValueType.of("seconds", text -> Duration.ofMillis(Math.round(fraction(text, 0.001, 3600) * 1000)));

    /** 1 to 10, with a decimal fraction. */
    public static final ValueType<Double> FACTOR = ValueType.of("factor", text -> fraction(text, 1, 10));

    /** A limit of some number of things. */
    public static final ValueType<Integer> LIMIT = range("number", 0, 1_000_000);

    /** 0 to 65535. */
    public static final ValueType<Integer> PORT = range("port", 0, 65535);

    /** Octets to pad packets to; {@code mtu} is the most that there are. */
    public static final ValueType<Integer> PADDING = ValueType.of(
            "octets/mtu", text -> text.equals("mtu") ? LARGEST_PACKET : (int) number(text, LARGEST_PACKET));

    /** Up to 2^63 - 1 octets. */
    public static final ValueType<Long> VOLUME = ValueType.of("octets", Numbers::volume);

    /** Up to 2^63 - 1. */
    public static final ValueType<Long> COUNT = ValueType.of("number", text -> number(text, Long.MAX_VALUE));

    /** 32 bits, as an unsigned number. */
    public static final ValueType<Integer> UNSIGNED =
            ValueType.of("number", text -> (int) number(text, MAX_UNSIGNED_INT));

    /** A routing table of one's own, whose number also serves as the preference of a rule before the main table's. */
    public static final ValueType<Integer> ROUTING_TABLE = ValueType.of("table", Numbers::routingTable);

    /** The id of an XFRM interface. */
    public static final ValueType<Integer> INTERFACE_ID = ValueType.of("number", Numbers::interfaceId);

    /** {@code value/mask}; without a mask all bits count. */
    public static final ValueType<Mark> MARK = ValueType.of("mark/mask", Numbers::mark);

    /** The same, or {@code %same}. */
    public static final ValueType<SetMark> SET_MARK = ValueType.of("mark/mask|%same", Numbers::setMark);

    private static final String HEX = "0x";

    private Numbers() {}

    public static ValueType<Integer> range(String form, int first, int last) {
        return ValueType.of(form, text -> {
            long value = number(text, last);
            if (value < first) {
                throw new BadValue(text + " is too small", "write " + first + " to " + last);
            }
            return (int) value;
        });
    }

    private static Duration time(String text) throws BadValue {
        char unit = Character.toLowerCase(text.charAt(text.length() - 1));
        long seconds = switch (unit) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86400;
            default -> 0;
        };
        boolean hasUnit = seconds > 0 && !isHex(text);
        String number = hasUnit ? text.substring(0, text.length() - 1).strip() : text;
        long factor = hasUnit ? seconds : 1;
        if (!isHex(number) && !areDigits(number, 10)) {
            throw new BadValue(Quote.of(text) + " is not a time", "write seconds, or a number with s, m, h or d");
        }
        return Duration.ofSeconds(number(number, MAX_UNSIGNED_INT / factor) * factor);
    }

    private static double fraction(String text, double least, double most) throws BadValue {
        double value = text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? Double.parseDouble(text) : -1;
        if (value < least || value > most) {
            throw new BadValue(Quote.of(text) + " is not such a number", "write " + least + " to " + most);
        }
        return value;
    }

    private static long volume(String text) throws BadValue {
        char unit = Character.toLowerCase(text.charAt(text.length() - 1));
        int shift = switch (unit) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        String number = shift == 0 ? text : text.substring(0, text.length() - 1).strip();
        if (!isHex(number) && !areDigits(number, 10)) {
            throw new BadValue(
                    Quote.of(text) + " is not a number of octets",
                    "write a number, or one with k, m or g (powers of 1024)");
        }
        return number(number, Long.MAX_VALUE >> shift) << shift;
    }

    private static int routingTable(String text) throws BadValue {
        int table = range("table", 1, BEFORE_MAIN).parse(text);
        if (table >= FIRST_KERNEL_TABLE && table <= LAST_KERNEL_TABLE) {
            throw new BadValue(text + " is a table of the kernel's own", "write another number than 253, 254 and 255");
        }
        return table;
    }

    private static int interfaceId(String text) throws BadValue {
        if (text.startsWith("%unique")) {
            throw new BadValue(Quote.of(text) + " is not supported yet", "write the id of the interface");
        }
        return (int) number(text, MAX_UNSIGNED_INT);
    }

    private static SetMark setMark(String text) throws BadValue {
        if (!text.equals(SAME) && !text.startsWith(SAME + "/")) {
            return new SetMark(false, mark(text));
        }
        try {
            return new SetMark(true, mark("0" + text.substring(SAME.length())));
        } catch (BadValue bad) {
            throw bad.within(SAME.length() - 1);
        }
    }

    private static Mark mark(String text) throws BadValue {
        if (text.startsWith("%")) {
            throw new BadValue(Quote.of(text) + " is not supported yet", "write a number");
        }
        int slash = text.indexOf('/');
        long value = number((slash < 0 ? text : text.substring(0, slash)).strip(), MAX_UNSIGNED_INT);
        long mask = MAX_UNSIGNED_INT;
        if (slash >= 0) {
            try {
                mask = number(text.substring(slash + 1).strip(), MAX_UNSIGNED_INT);
            } catch (BadValue bad) {
                throw bad.within(slash + 1);
            }
        }
        return new Mark((int) (value & mask), (int) mask);
    }

    private static boolean isHex(String text) {
        return text.regionMatches(true, 0, HEX, 0, HEX.length());
    }

    /** Of ASCII; at least one. */
    private static boolean areDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A leading zero is refused: it would mean octal to strongSwan and decimal to most people. */
    static long number(String text, long most) throws BadValue {
        int radix = isHex(text) ? 16 : 10;
        String digits = radix == 16 ? text.substring(HEX.length()) : text;
        if (!areDigits(digits, radix)) {
            throw new BadValue(Quote.of(text) + " is not a number", "write it in decimal, or in hexadecimal after 0x");
        }
        if (radix == 10 && digits.length() > 1 && digits.startsWith("0")) {
            throw new BadValue(Quote.of(text) + " begins with 0", "drop the 0, which strongSwan takes for octal");
        }
        try {
            long value = Long.parseLong(digits, radix);
            if (value <= most) {
                return value;
            }
        } catch (NumberFormatException tooBig) {
            // said below
        }
        throw new BadValue(Quote.of(text) + " is too big", "write " + most + " or less");
    }
}
