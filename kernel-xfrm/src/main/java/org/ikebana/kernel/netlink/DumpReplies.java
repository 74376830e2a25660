package org.ikebana.kernel.netlink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * The messages that answer a dump, up to {@code NLMSG_DONE}; Linux 6.9 and later put that into the same datagram as the
 * last entry. What cannot be read is reported at the end only, since the kernel goes on sending the rest.
 */
final class DumpReplies<M, E> implements Replies {
    private final int sequence;
    private final NetlinkDecoder<M> decoder;
    private final DumpReader<M, E> reader;
    private final List<E> entries = new ArrayList<>();
    private @Nullable NetlinkFormatException unreadable;
    private boolean interrupted;
    private boolean complete;
    private int errno;

    DumpReplies(int sequence, NetlinkDecoder<M> decoder, DumpReader<M, E> reader) {
        this.sequence = sequence;
        this.decoder = decoder;
        this.reader = reader;
    }

    @Override
    public void take(NetlinkMessage message) throws IOException {
        if (message.header().sequence() != sequence || complete) {
            return;
        }
        interrupted |= message.header().has(Netlink.NLM_F_DUMP_INTR);
        switch (message.header().type()) {
            case Netlink.NLMSG_ERROR -> finish(NetlinkAck.read(message).errno());
            case Netlink.NLMSG_DONE ->
                finish(message.payload().size() < 4 ? 0 : -message.payload().u32(0));
            case Netlink.NLMSG_NOOP -> {}
            default -> decode(message);
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** Entries were added or removed while they were listed, or another dump was under way. */
    boolean mustBeRepeated() {
        return interrupted || errno == Errno.EBUSY.number();
    }

    List<E> entries() throws IOException {
        if (errno != 0) {
            throw new ErrnoException("list what is installed", errno);
        }
        if (unreadable != null) {
            throw unreadable;
        }
        return List.copyOf(entries);
    }

    private void finish(int errno) {
        this.errno = errno;
        complete = true;
    }

    private void decode(NetlinkMessage message) {
        try {
            reader.read(decoder.decode(message)).ifPresent(entries::add);
        } catch (NetlinkFormatException e) {
            unreadable = e;
        }
    }
}
