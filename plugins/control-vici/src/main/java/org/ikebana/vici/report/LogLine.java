package org.ikebana.vici.report;

import java.util.Optional;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.service.EventLog;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/**
 * An event as a line of strongSwan's log.
 *
 * @param group strongSwan's word for the part of the daemon that it is of
 * @param level 0 for what is always worth knowing, 1 for what happens on the way
 * @param subject the IKE SA that it is about, if it is about one
 */
public record LogLine(String group, int level, Optional<IkeSaName> subject, String text) {
    private static final String IKE = "IKE";
    private static final String CHILD = "CHD";
    private static final String NETWORK = "NET";
    private static final String KERNEL = "KNL";
    private static final String CONFIGURATION = "CFG";

    public static LogLine of(IkeEvent event) {
        String text = EventLog.describe(event);
        return switch (event) {
            case IkeEvent.IkeSaInitiating e -> new LogLine(IKE, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.IkeSaEstablished e -> new LogLine(IKE, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.IkeSaClosed e -> new LogLine(IKE, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.ChildSaEstablished e -> new LogLine(IKE, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.IkeSaRekeyed e -> new LogLine(IKE, 0, Optional.of(e.now()), text);
            case IkeEvent.IkeSaReauthenticated e -> new LogLine(IKE, 0, Optional.of(e.now()), text);
            case IkeEvent.IkeSaMoved e -> new LogLine(IKE, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.MessageIdsSynchronized e -> new LogLine(IKE, 1, Optional.of(e.ikeSa()), text);
            case IkeEvent.ChildSaRekeyed e -> new LogLine(CHILD, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.RekeysCollided e -> new LogLine(IKE, 1, Optional.of(e.ikeSa()), text);
            case IkeEvent.ChildSaClosed e -> new LogLine(IKE, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.NegotiationFailed e -> new LogLine(IKE, 0, Optional.of(e.ikeSa()), text);
            case IkeEvent.RequestRetransmitted e -> new LogLine(NETWORK, 1, Optional.of(e.ikeSa()), text);
            case IkeEvent.RetryScheduled e -> new LogLine(IKE, 1, Optional.empty(), text);
            case IkeEvent.TrapInstalled e -> new LogLine(CHILD, 1, Optional.empty(), text);
            case IkeEvent.TrapRemoved e -> new LogLine(CHILD, 1, Optional.empty(), text);
            case IkeEvent.ShuntInstalled e -> new LogLine(CHILD, 1, Optional.empty(), text);
            case IkeEvent.ShuntRemoved e -> new LogLine(CHILD, 1, Optional.empty(), text);
            case IkeEvent.AcquireReceived e -> new LogLine(KERNEL, 1, Optional.empty(), text);
            case IkeEvent.CertificateExpiring e -> new LogLine(CONFIGURATION, 0, Optional.empty(), text);
            case IkeEvent.Warning e -> new LogLine(IKE, 0, Optional.empty(), text);
        };
    }

    /** As {@code control-log} has it. */
    public MessageBuilder message() {
        return complete(Message.with().put("group", group).put("level", level));
    }

    /** As {@code log} has it; all of it comes of the one event loop. */
    public MessageBuilder messageWithThread() {
        return complete(Message.with().put("group", group).put("level", level).put("thread", 1));
    }

    private MessageBuilder complete(MessageBuilder message) {
        subject.filter(name -> !name.connection().isEmpty())
                .ifPresent(name -> message.put("ikesa-name", name.connection()).put("ikesa-uniqueid", name.number()));
        return message.put("msg", text);
    }
}
