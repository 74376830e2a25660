package org.ikebana.ike.ts;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names of IP protocols and of the services one is likely to select (IANA); no file is read for them. */
public final class ProtocolNames {
    private static final Map<String, Integer> PROTOCOLS = Map.ofEntries(
            Map.entry("any", 0),
            Map.entry("icmp", 1),
            Map.entry("igmp", 2),
            Map.entry("ipencap", 4),
            Map.entry("tcp", 6),
            Map.entry("egp", 8),
            Map.entry("udp", 17),
            Map.entry("dccp", 33),
            Map.entry("ipv6", 41),
            Map.entry("rsvp", 46),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ah", 51),
            Map.entry("ipv6-icmp", 58),
            Map.entry("eigrp", 88),
            Map.entry("ospf", 89),
            Map.entry("pim", 103),
            Map.entry("ipcomp", 108),
            Map.entry("vrrp", 112),
            Map.entry("l2tp", 115),
            Map.entry("sctp", 132),
            Map.entry("mobility-header", 135),
            Map.entry("udplite", 136));
    private static final Map<String, String> OTHER_NAMES =
            Map.of("icmpv6", "ipv6-icmp", "icmp6", "ipv6-icmp", "ipip", "ipencap", "ospfigp", "ospf");
    private static final Map<Integer, String> BY_NUMBER =
            PROTOCOLS.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private static final Map<String, Integer> SERVICES = Map.ofEntries(
            Map.entry("ftp-data", 20),
            Map.entry("ftp", 21),
            Map.entry("ssh", 22),
            Map.entry("telnet", 23),
            Map.entry("smtp", 25),
            Map.entry("domain", 53),
            Map.entry("bootps", 67),
            Map.entry("bootpc", 68),
            Map.entry("tftp", 69),
            Map.entry("http", 80),
            Map.entry("kerberos", 88),
            Map.entry("pop3", 110),
            Map.entry("sunrpc", 111),
            Map.entry("ntp", 123),
            Map.entry("imap2", 143),
            Map.entry("snmp", 161),
            Map.entry("snmp-trap", 162),
            Map.entry("bgp", 179),
            Map.entry("ldap", 389),
            Map.entry("https", 443),
            Map.entry("microsoft-ds", 445),
            Map.entry("isakmp", 500),
            Map.entry("syslog", 514),
            Map.entry("ldaps", 636),
            Map.entry("imaps", 993),
            Map.entry("pop3s", 995),
            Map.entry("l2f", 1701),
            Map.entry("radius", 1812),
            Map.entry("nfs", 2049),
            Map.entry("mysql", 3306),
            Map.entry("ms-wbt-server", 3389),
            Map.entry("ipsec-nat-t", 4500),
            Map.entry("sip", 5060),
            Map.entry("postgresql", 5432));

    private ProtocolNames() {}

    public static String protocol(int number) {
        return number == 0 ? "0" : BY_NUMBER.getOrDefault(number, Integer.toString(number));
    }

    static OptionalInt protocol(String name) {
        return number(PROTOCOLS, OTHER_NAMES.getOrDefault(name, name));
    }

    static OptionalInt service(String name) {
        return number(SERVICES, name);
    }

    static Set<String> protocols() {
        return new TreeSet<>(PROTOCOLS.keySet());
    }

    private static OptionalInt number(Map<String, Integer> names, String name) {
        Integer number = names.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
