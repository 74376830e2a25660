package org.ikebana.bench.xfrm;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushSa;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaFlush;

/**
 * Ours: each operation on many entries is one {@link KernelUpdate}, which looks first at what it would have to bring back,
 * and the flush, which a daemon never does, a message.
 */
record Ikebana(KernelBackend kernel, NetlinkClient<XfrmMessage> messages) implements Contestant {
    private static final int ESP = 50;

    @Override
    public String name() {
        return "Ikebana";
    }

    @Override
    public List<Operation> operations(Table table, int count) {
        boolean policies = table == Table.POLICIES;
        Work add = update(
                count,
                policies
                        ? i -> new KernelChange.PutPolicy(Entries.policy(i))
                        : i -> new KernelChange.AddSa(Entries.sa(i)));
        Work delete = update(
                count,
                policies
                        ? i -> new KernelChange.DeletePolicy(Entries.policyKey(i))
                        : i -> new KernelChange.DeleteSa(Entries.saKey(i), Entries.source()));
        XfrmMessage flush =
                policies ? new FlushPolicy(Attributes.NONE) : new FlushSa(new XfrmUsersaFlush(ESP), Attributes.NONE);
        return List.of(
                new Operation("add", count, add),
                new Operation("list", count, kernel::snapshot),
                new Operation("delete", 0, delete),
                new Operation("add again", count, add),
                new Operation("flush", 0, () -> flush(flush)));
    }

    private Work update(int count, IntFunction<KernelChange> change) {
        KernelUpdate update =
                new KernelUpdate(IntStream.range(0, count).mapToObj(change).toList());
        return () -> kernel.apply(update);
    }

    private void flush(XfrmMessage flush) throws IOException {
        if (!messages.exchange(flush.request()).isDone()) {
            throw new IOException("the flush was refused");
        }
    }
}
