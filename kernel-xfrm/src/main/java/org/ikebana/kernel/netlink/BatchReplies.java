package org.ikebana.kernel.netlink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One outcome for each of the requests that were sent with the sequence numbers from {@code firstSequence} on. */
final class BatchReplies<M> implements Replies {
    private final List<NetlinkRequest> requests;
    private final int firstSequence;
    private final NetlinkDecoder<M> decoder;
    private final List<@Nullable NetlinkOutcome<M>> outcomes;
    private int outstanding;

    BatchReplies(List<NetlinkRequest> requests, int firstSequence, NetlinkDecoder<M> decoder) {
        this.requests = requests;
        this.firstSequence = firstSequence;
        this.decoder = decoder;
        this.outcomes = new ArrayList<>(Collections.nCopies(requests.size(), null));
        this.outstanding = requests.size();
    }

    @Override
    public void take(NetlinkMessage message) throws IOException {
        int index = message.header().sequence() - firstSequence;
        if (index < 0 || index >= requests.size() || outcomes.get(index) != null) {
            return;
        }
        Optional<NetlinkOutcome<M>> outcome = outcome(message, requests.get(index));
        if (outcome.isPresent()) {
            outcomes.set(index, outcome.get());
            outstanding--;
        }
    }

    @Override
    public boolean isComplete() {
        return outstanding == 0;
    }

    List<NetlinkOutcome<M>> outcomes() {
        return outcomes.stream().map(Objects::requireNonNull).toList();
    }

    private Optional<NetlinkOutcome<M>> outcome(NetlinkMessage message, NetlinkRequest request) throws IOException {
        if (message.header().type() == Netlink.NLMSG_ERROR) {
            return Optional.of(NetlinkOutcome.of(NetlinkAck.read(message)));
        }
        return request.isAcknowledged() ? Optional.empty() : Optional.of(NetlinkOutcome.of(decoder.decode(message)));
    }
}
