package org.ikebana.ike.task;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.ts.TrafficSelector;

/** Where the child SAs of an exchange come from and go to: the IKE SA's side of {@link ChildCreation}. */
public interface ChildSink {
    InetAddress localAddress();

    InetAddress remoteAddress();

    /** Sets an inbound SPI aside for a child with these selectors. */
    Spi reserve(ChildConfig config, SaMode mode, List<TrafficSelector> local, List<TrafficSelector> remote)
            throws KernelException;

    /** Installs the pair and its policies, all or nothing; takes the keys over when it succeeds. */
    void install(NegotiatedChild child) throws KernelException;

    /** Frees an SPI that comes to nothing. */
    void abandon(Spi spi);
}
