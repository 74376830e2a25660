package org.ikebana.ike.sa;

import java.net.InetSocketAddress;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.SaKey;

/** What the kernel tells of an established IKE SA's children and of this host's addresses. */
record KernelNews(IkeSa sa, Established established) {
    void on(KernelEvent event) {
        switch (event) {
            case KernelEvent.HardExpire expire -> onHardExpire(expire.key());
            case KernelEvent.SoftExpire expire -> onSoftExpire(expire.key());
            case KernelEvent.MappingChanged mapping -> onMappingChanged(mapping.key(), mapping.now());
            case KernelEvent.AddressChanged changed -> established.mobility().onAddressChanged();
            case KernelEvent.EventsLost lost -> audit();
            case KernelEvent.Acquire acquire -> {} // the reconciler's
        }
    }

    /** The kernel's hard limit removed one of our SAs. */
    private void onHardExpire(SaKey key) {
        ChildSas children = sa.children();
        children.stages()
                .byInbound(key)
                .filter(children.stages()::isPrepared) // unless its turn has come after all
                .ifPresent(established.rekeys()::giveUpPrepared);
        children.stages()
                .byKey(key)
                .filter(child -> !established.rekeys().onHardExpire(child))
                .ifPresent(child -> established.deleteChild(child, CloseCause.EXPIRED));
    }

    private void onSoftExpire(SaKey key) {
        ChildSas children = sa.children();
        children.stages()
                .byKey(key)
                .or(() -> children.stages().byInbound(key).filter(children.stages()::isPrepared))
                .ifPresent(established.rekeys()::onSoftExpire);
    }

    /** Finds out which children the kernel has ended without our hearing of it. */
    private void audit() {
        ChildSas children = sa.children();
        children.all().forEach(child -> children.missing(child).ifPresent(this::onHardExpire));
    }

    private void onMappingChanged(SaKey key, InetSocketAddress remote) {
        if (sa.children().stages().isInbound(key)) {
            established.espHeardFrom(remote);
        }
    }
}
