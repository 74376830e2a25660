package org.ikebana.config.schema;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.ts.AddressText;
import org.ikebana.ike.ts.IpRange;

/** Lists of addresses, subnets, ranges and host names, as {@code local_addrs} and {@code remote_addrs} take them. */
public final class Addresses {
    public static final ValueType<List<AddressSpec>> LIST =
            ValueType.of("addresses, names, subnets, ranges", text -> CommaList.parse(text, Addresses::one));

    /** Addresses of an interface, each with the length of its network: {@code 169.254.1.1/30}. */
    public static final ValueType<List<String>> OF_INTERFACE =
            ValueType.of("address/bits, ...", text -> CommaList.parse(text, Addresses::ofInterface));

    private static final String REMEDY = "write an address, a name, a subnet, a range or %any";
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final int LONGEST_NAME = 253;

    private Addresses() {}

    private static AddressSpec one(String item) throws BadValue {
        int slash = item.indexOf('/');
        int dash = item.indexOf('-');
        if (item.equals("%any")) {
            return new AddressSpec.Any();
        } else if (item.equals("%any4") || item.equals("0.0.0.0")) {
            return subnet("0.0.0.0", "0");
        } else if (item.equals("%any6") || item.equals("::")) {
            return subnet("::", "0");
        } else if (slash >= 0) {
            return subnet(item.substring(0, slash), item.substring(slash + 1));
        } else if (dash >= 0 && looksLikeAddress(item.substring(0, dash))) {
            return range(
                    item.substring(0, dash).strip(), item.substring(dash + 1).strip());
        } else if (looksLikeAddress(item)) {
            return new AddressSpec.Exact(address(item));
        }
        return name(item);
    }

    private static String ofInterface(String item) throws BadValue {
        int slash = item.indexOf('/');
        InetAddress address = address(slash < 0 ? item : item.substring(0, slash));
        int most = address.getAddress().length * 8;
        try {
            long bits = slash < 0 ? most : Numbers.number(item.substring(slash + 1), most);
            return address.getHostAddress() + "/" + bits;
        } catch (BadValue bad) {
            throw bad.within(slash + 1);
        }
    }

    private static AddressSpec subnet(String base, String length) throws BadValue {
        InetAddress address = address(base);
        try {
            int bits = (int) Numbers.number(length, address.getAddress().length * 8L);
            IpRange range = IpRange.ofPrefix(address, bits);
            return new AddressSpec.Range(range.start(), range.end());
        } catch (BadValue bad) {
            throw bad.within(base.length() + 1);
        }
    }

    private static AddressSpec range(String first, String last) throws BadValue {
        byte[] from = address(first).getAddress();
        byte[] to = address(last).getAddress();
        if (from.length != to.length) {
            throw new BadValue("this range mixes IPv4 and IPv6", "give both ends in one family");
        }
        if (Arrays.compareUnsigned(from, to) > 0) {
            throw new BadValue("this range ends before it begins", "swap its ends");
        }
        return new AddressSpec.Range(address(first), address(last));
    }

    private static AddressSpec name(String host) throws BadValue {
        if (host.length() > LONGEST_NAME || !host.matches(LABEL + "(\\." + LABEL + ")*\\.?")) {
            throw new BadValue(Quote.of(host) + " is neither an address nor a name", REMEDY);
        }
        return new AddressSpec.Name(host);
    }

    /** Only digits and dots, or with a colon: then it must be an address. */
    private static boolean looksLikeAddress(String text) {
        return text.indexOf(':') >= 0 || DIGITS_AND_DOTS.matcher(text.strip()).matches();
    }

    private static InetAddress address(String text) throws BadValue {
        return AddressText.parse(text)
                .orElseThrow(() -> new BadValue(
                        Quote.of(text) + " is not an IP address",
                        "write four numbers of 0 to 255 without leading zeros, or IPv6"));
    }
}
