package org.ikebana.kernel.model;

import java.net.InetAddress;
import java.time.Instant;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;

/** What the SAD holds under a key. */
public sealed interface SaEntry permits LarvalSa, CompleteSa {
    SaKey key();

    InetAddress source();

    SaMode mode();

    int reqid();

    int ifId();

    Instant added();

    InstalledSa describe();
}
