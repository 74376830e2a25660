package org.ikebana.kernel.tun.route;

/**
 * Where our routes stand and how they are told apart from others'. The table is ours alone.
 *
 * @param table routing table for the routes, not one of the kernel's own (253 to 255)
 * @param mark of the sockets that carry IKE and ESP ({@code SO_MARK}): what they send passes the table by
 * @param preference of the rules that lead to the table: after {@code local} (0) and before {@code main} (32766)
 * @param protocol {@code RTPROT_} number, by which the next start recognises what a killed one left
 */
public record RouteOptions(int table, int mark, int preference, int protocol) {
    public static final RouteOptions DEFAULT = new RouteOptions(220, 220, 220, 201);

    private static final int RT_TABLE_DEFAULT = 253;
    private static final int RT_TABLE_LOCAL = 255;
    private static final int PREFERENCE_OF_MAIN = 32766;
    private static final int RTPROT_STATIC = 4;

    public RouteOptions {
        check(table != 0 && (table < RT_TABLE_DEFAULT || table > RT_TABLE_LOCAL), "table", table, "253 to 255 and 0");
        check(mark != 0, "mark", mark, "0, which all other packets have");
        check(
                preference > 0 && preference < PREFERENCE_OF_MAIN,
                "preference",
                preference,
                "0 and what is not below 32766");
        check(protocol > RTPROT_STATIC && protocol < 256, "protocol", protocol, "0 to 4 and what is above 255");
    }

    private static void check(boolean fits, String name, int value, String reserved) {
        if (!fits) {
            throw new IllegalArgumentException("%s %s of the tunnel's routes: choose another than %s"
                    .formatted(name, Integer.toUnsignedString(value), reserved));
        }
    }
}
