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
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern TYPE_AND_CODE = Pattern.compile("(\\d+)\\((\\d+)\\)");

    private SelectorSyntax() {}

    public static TrafficSelector parse(String text) throws SelectorSyntaxException {
        Part whole = new Part(text, 0);
        int bracket = whole.text().indexOf('[');
        return bracket < 0
                ? TrafficSelector.of(range(whole))
                : TrafficSelector.of(range(whole.to(bracket)), protocolPorts(whole.from(bracket)));
    }

    /** What follows {@code dynamic}: brackets and what is in them, or nothing for all packets. */
    public static ProtocolPorts parsePorts(String text) throws SelectorSyntaxException {
        return text.isBlank() ? ProtocolPorts.ANY : protocolPorts(new Part(text, 0));
    }

    /** Addresses alone: a subnet, an address or a range. */
    public static IpRange parseRange(String text) throws SelectorSyntaxException {
        return range(new Part(text, 0));
    }

    /** Some of the text, without spaces around it, and where it stands. */
    private record Part(String text, int index) {
        Part {
            index += text.indexOf(text.strip());
            text = text.strip();
        }

        Part to(int end) {
            return new Part(text.substring(0, end), index);
        }

        Part from(int start) {
            return new Part(text.substring(start), index + start);
        }

        String lowerCase() {
            return text.toLowerCase(Locale.ROOT);
        }

        SelectorSyntaxException error(String message) {
            return new SelectorSyntaxException("'" + text + "' " + message, text, index);
        }
    }

    private static IpRange range(Part part) throws SelectorSyntaxException {
        int slash = part.text().indexOf('/');
        if (slash >= 0) {
            return subnet(part.to(slash), part.from(slash + 1));
        }
        String separator = part.text().contains("..") ? ".." : "-";
        int middle = part.text().indexOf(separator);
        if (middle < 0) {
            InetAddress address = address(part);
            return new IpRange(address, address);
        }
        InetAddress start = address(part.to(middle));
        InetAddress end = address(part.from(middle + separator.length()));
        if (!IpRange.isRange(start.getAddress(), end.getAddress())) {
            throw part.error("is no range: the second address has to be of the same family and not below the first");
        }
        return new IpRange(start, end);
    }

    private static IpRange subnet(Part address, Part length) throws SelectorSyntaxException {
        InetAddress network = address(address);
        int most = network.getAddress().length * 8;
        int bits = number(length.text(), most).orElseThrow(() -> length.error("is no prefix length from 0 to " + most));
        return IpRange.ofPrefix(network, bits);
    }

    private static InetAddress address(Part part) throws SelectorSyntaxException {
        return AddressText.parse(part.text()).orElseThrow(() -> part.error("is no IPv4 or IPv6 address"));
    }

    private static ProtocolPorts protocolPorts(Part brackets) throws SelectorSyntaxException {
        int close = brackets.text().length() - 1;
        if (!brackets.text().startsWith("[") || brackets.text().charAt(close) != ']') {
            throw brackets.error("should be in brackets, as [tcp/80]");
        }
        Part inside = brackets.to(close).from(1);
        int slash = inside.text().indexOf('/');
        int protocol = protocol(slash < 0 ? inside : inside.to(slash));
        PortRange ports = slash < 0 ? PortRange.ANY : portRange(protocol, inside.from(slash + 1));
        return new ProtocolPorts(protocol, ports.start(), ports.end());
    }

    private static int protocol(Part part) throws SelectorSyntaxException {
        OptionalInt named = ProtocolNames.protocol(part.lowerCase());
        if (named.isPresent() || part.text().isEmpty()) {
            return named.orElse(0);
        }
        return number(part.text(), 0xff)
                .orElseThrow(() -> part.error("is no IP protocol: use a number up to 255 or one of "
                        + String.join(", ", ProtocolNames.protocols())));
    }

    private static PortRange portRange(int protocol, Part part) throws SelectorSyntaxException {
        String word = part.lowerCase();
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
            throw part.error("is no range of ports: the second is below the first");
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

    private static SelectorSyntaxException noPort(int protocol, Part part) {
        return part.error("is neither "
                + (ProtocolPorts.hasTypeAndCode(protocol)
                        ? "an ICMP type such as 8 or 3(4)"
                        : "a port from 0 to 65535, a service such as http")
                + ", a range of two with a dash, 'any' nor 'opaque'");
    }

    private static Optional<Integer> number(String digits, int most) {
        if (!NUMBER.matcher(digits).matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return number <= most ? Optional.of(number) : Optional.empty();
    }
}
