package org.ikebana.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.kernel.model.VirtualClock;

/** The network between the two machines, as the weather is: for IKE's datagrams and for the packets alike. */
final class Storm {
    private final VirtualClock time;
    private final Network network;
    private final Traffic traffic;
    private final Attacker attacker;
    private final Chronicle chronicle;
    private final Census census;
    private final RandomGenerator random;
    private Weather weather = Weather.FAIR;
    private int partitions;

    Storm(
            VirtualClock time,
            Network network,
            Traffic traffic,
            Attacker attacker,
            Chronicle chronicle,
            Census census,
            RandomGenerator random) {
        this.time = time;
        this.network = network;
        this.traffic = traffic;
        this.attacker = attacker;
        this.chronicle = chronicle;
        this.census = census;
        this.random = random;
        network.byHand(this::carry);
    }

    void setWeather(Weather newWeather) {
        chronicle.note(() -> "* " + newWeather);
        weather = newWeather;
        traffic.setWeather(newWeather);
    }

    void part(Duration duration) {
        chronicle.note(() -> "* nothing passes for " + duration.toMillis() + " ms");
        partitions++;
        traffic.part(true);
        time.schedule(duration, () -> {
            partitions--;
            traffic.part(partitions > 0);
        });
    }

    private void carry(Datagram datagram) {
        attacker.sawDatagram(datagram);
        census.sent(datagram);
        String fate = partitions > 0 ? "lost" : weather.carry(random, delay -> network.deliver(datagram, delay));
        chronicle.message(datagram, fate);
    }
}
