package org.ikebana.ike.ts;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * strongSwan's way to write traffic selectors: a subnet, an address or a range, and in brackets an optional protocol
 * and optional ports, by name or number: {@code 10.1.0.0/16}, {@code 10.1.0.5-10.1.0.9[udp/1000-2000]},
 * {@code 2001:db8::/32[tcp/http]}, {@code 192.0.2.1[icmp/8(0)]}, {@code 192.0.2.1[tcp/opaque]}. What
 * {@link TrafficSelector#toString()} prints is understood, too.
 */
public final class SelectorSyntax {
    private static final Pattern PORTS = Pattern.compile("([^-]+)-([^-]+)");
    private static final Pattern TYPE_AND_CODE = Pattern.compile("(\\d+)\\((\\d+)\\)");

    private final String text;

    private SelectorSyntax(String text) {
        this.text = text;
    }

    public static TrafficSelector parse(String text) throws SelectorSyntaxException {
        int bracket = text.indexOf('[');
        String addresses = bracket < 0 ? text : text.substring(0, bracket);
        SelectorSyntax syntax = new SelectorSyntax(text);
        IpRange range = syntax.range(addresses.strip());
        return TrafficSelector.of(range, bracket < 0 ? ProtocolPorts.ANY : syntax.ports(text.substring(bracket)));
    }

    /** What follows {@code dynamic}: brackets and what is in them, or nothing for all packets. */
    public static ProtocolPorts parsePorts(String text) throws SelectorSyntaxException {
        return text.isBlank() ? ProtocolPorts.ANY : new SelectorSyntax(text).ports(text);
    }

    /** Addresses alone: a subnet, an address or a range. */
    public static IpRange parseRange(String text) throws SelectorSyntaxException {
        return new SelectorSyntax(text).range(text.strip());
    }

    private IpRange range(String addresses) throws SelectorSyntaxException {
        int slash = addresses.indexOf('/');
        if (slash >= 0) {
            return subnet(
                    addresses.substring(0, slash).strip(),
                    addresses.substring(slash + 1).strip());
        }
        String separator = addresses.contains("..") ? ".." : "-";
        int middle = addresses.indexOf(separator);
        if (middle < 0) {
            InetAddress address = address(addresses);
            return new IpRange(address, address);
        }
        InetAddress start = address(addresses.substring(0, middle).strip());
        InetAddress end =
                address(addresses.substring(middle + separator.length()).strip());
        if (!IpRange.isRange(start.getAddress(), end.getAddress())) {
            throw error(
                    addresses,
                    "'" + addresses + "' is no range: the second address has to be of the same family"
                            + " and not below the first");
        }
        return new IpRange(start, end);
    }

    private IpRange subnet(String address, String length) throws SelectorSyntaxException {
        InetAddress network = address(address);
        int most = network.getAddress().length * 8;
        int bits = number(length, most)
                .orElseThrow(() -> error(length, "'" + length + "' is no prefix length from 0 to " + most));
        return IpRange.ofPrefix(network, bits);
    }

    private InetAddress address(String address) throws SelectorSyntaxException {
        return AddressText.parse(address)
                .orElseThrow(() -> error(address, "'" + address + "' is no IPv4 or IPv6 address"));
    }

    private ProtocolPorts ports(String brackets) throws SelectorSyntaxException {
        String stripped = brackets.strip();
        if (!stripped.startsWith("[") || !stripped.endsWith("]")) {
            throw error(stripped, "'" + stripped + "' should be in brackets, as [tcp/80]");
        }
        String inside = stripped.substring(1, stripped.length() - 1);
        int slash = inside.indexOf('/');
        String protocolPart = (slash < 0 ? inside : inside.substring(0, slash)).strip();
        int protocol = protocol(protocolPart);
        PortRange ports = slash < 0
                ? PortRange.ANY
                : portRange(protocol, inside.substring(slash + 1).strip());
        return new ProtocolPorts(protocol, ports.start(), ports.end());
    }

    private int protocol(String part) throws SelectorSyntaxException {
        OptionalInt named = ProtocolNames.protocol(part.toLowerCase(Locale.ROOT));
        if (named.isPresent() || part.isEmpty()) {
            return named.orElse(0);
        }
        return number(part, 0xff)
                .orElseThrow(() -> error(
                        part,
                        "'" + part + "' is no IP protocol: use a number up to 255 or one of "
                                + String.join(", ", ProtocolNames.protocols())));
    }

    private PortRange portRange(int protocol, String part) throws SelectorSyntaxException {
        String word = part.toLowerCase(Locale.ROOT);
        if (word.isEmpty() || word.equals("any")) {
            return PortRange.ANY;
        }
        if (word.equals("opaque")) {
            return PortRange.OPAQUE;
        }
        Optional<Integer> single = port(protocol, word);
        if (single.isPresent()) {
            return new PortRange(single.get(), single.get());
        }
        Matcher range = PORTS.matcher(word);
        if (!range.matches()) {
            throw noPort(protocol, part);
        }
        int start = port(protocol, range.group(1).strip()).orElseThrow(() -> noPort(protocol, part));
        int end = port(protocol, range.group(2).strip()).orElseThrow(() -> noPort(protocol, part));
        if (start > end) {
            throw error(part, "'" + part + "' is no range of ports: the second is below the first");
        }
        return new PortRange(start, end);
    }

    private static Optional<Integer> port(int protocol, String word) {
        if (!ProtocolPorts.hasTypeAndCode(protocol)) {
            OptionalInt service = ProtocolNames.service(word);
            return service.isPresent() ? Optional.of(service.getAsInt()) : number(word, 0xffff);
        }
        Matcher typeAndCode = TYPE_AND_CODE.matcher(word);
        if (typeAndCode.matches()) {
            return number(typeAndCode.group(1), 0xff)
                    .flatMap(type -> number(typeAndCode.group(2), 0xff).map(code -> type << 8 | code));
        }
        // strongSwan takes a number below 256 for a type, with code 0, and others for type * 256 + code.
        return number(word, 0xffff).map(number -> number < 0x100 ? number << 8 : number);
    }

    private SelectorSyntaxException noPort(int protocol, String part) {
        return error(
                part,
                "'" + part + "' is neither "
                        + (ProtocolPorts.hasTypeAndCode(protocol)
                                ? "an ICMP type such as 8 or 3(4)"
                                : "a port from 0 to 65535, a service such as http")
                        + ", a range of two with a dash, 'any' nor 'opaque'");
    }

    private SelectorSyntaxException error(String token, String message) {
        return new SelectorSyntaxException(message, token, Math.max(0, text.indexOf(token)));
    }

    private static Optional<Integer> number(String digits, int most) {
        if (!digits.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return number <= most ? Optional.of(number) : Optional.empty();
    }
}
