package org.ikebana.vici.server;

import java.util.HashSet;
import java.util.Set;
import org.ikebana.vici.command.Answer;
import org.ikebana.vici.command.Command;
import org.ikebana.vici.command.Commands;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import org.ikebana.vici.wire.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with a client's packets. */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");

    private final Commands commands;
    private final Set<String> events;

    /** @param events that come of the daemon's own accord */
    Service(Commands commands, Set<String> events) {
        this.commands = commands;
        this.events = new HashSet<>(events);
        this.events.addAll(commands.events());
    }

    void serve(Packet packet, Client client) throws InterruptedException {
        switch (packet.type()) {
            case CMD_REQUEST -> client.send(answer(packet, client));
            case EVENT_REGISTER -> {
                if (events.contains(packet.name())) {
                    client.register(packet.name());
                    LOG.debug("{} registers for {}", client, packet.name()); // one of ours, so without tricks
                    client.send(Packet.of(PacketType.EVENT_CONFIRM));
                } else {
                    client.send(Packet.of(PacketType.EVENT_UNKNOWN));
                }
            }
            case EVENT_UNREGISTER -> {
                client.unregister(packet.name());
                boolean isKnown = events.contains(packet.name());
                client.send(Packet.of(isKnown ? PacketType.EVENT_CONFIRM : PacketType.EVENT_UNKNOWN));
            }
            case CMD_RESPONSE, CMD_UNKNOWN, EVENT_CONFIRM, EVENT_UNKNOWN, EVENT -> {
                LOG.warn("{} is cut off: it has sent {}, which is for the daemon to send", client, packet.type());
                client.close();
            }
        }
    }

    private Packet answer(Packet request, Client client) throws InterruptedException {
        Command command = commands.named(request.name()).orElse(null);
        if (command == null) {
            LOG.info(
                    "{} asks for a command that there is not: {}",
                    client,
                    request.name().replaceAll("\\p{Cntrl}", "?"));
            return Packet.of(PacketType.CMD_UNKNOWN);
        }
        try {
            return Packet.response(run(command, request.message(), client));
        } catch (RuntimeException e) {
            LOG.error("A defect in Ikebana; please report it with these lines", e);
            return Packet.response(Answer.failure("a defect in Ikebana: its log says more"));
        } finally {
            request.message().wipe();
        }
    }

    private static Message run(Command command, Message request, Client client) throws InterruptedException {
        LOG.debug("{}: {}", client, command.name());
        return command.run(request, client);
    }
}
