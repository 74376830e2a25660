package org.ikebana.bench.esp;

import java.time.Duration;
import java.util.List;
import org.ikebana.it.net.Iperf;

/**
 * What is sent through a plane.
 *
 * @param octets of each datagram, without headers; 0 for TCP
 * @param offered datagrams a second; 0 for as many as the sender can
 */
record Load(int octets, long offered) {
    private static final Load TCP = new Load(0, 0);

    static List<Load> all() {
        return List.of(
                TCP,
                new Load(1300, 20_000),
                new Load(1300, 50_000),
                new Load(1300, 100_000),
                new Load(1300, 200_000),
                new Load(1300, 0),
                new Load(64, 20_000),
                new Load(64, 50_000),
                new Load(64, 100_000),
                new Load(64, 0));
    }

    /** One of each kind. */
    static List<Load> few() {
        return List.of(TCP, new Load(1300, 20_000), new Load(1300, 0), new Load(64, 20_000));
    }

    boolean isTcp() {
        return octets == 0;
    }

    Iperf.Flow send(Iperf iperf, Duration time) {
        return isTcp() ? iperf.tcp(time) : iperf.udp(time, octets, offered * octets * 8);
    }

    /** Gigabits a second, or thousands of datagrams a second. */
    double rate(Iperf.Flow flow) {
        return isTcp() ? flow.bitsPerSecond() / 1e9 : flow.packetsPerSecond(octets) / 1e3;
    }

    @Override
    public String toString() {
        return isTcp()
                ? "TCP, Gbit/s"
                : "UDP of %d octets, 1000/s; %s offered"
                        .formatted(octets, offered == 0 ? "all it can" : Long.toString(offered / 1000));
    }
}
