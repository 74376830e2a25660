package org.ikebana.kernel.udp;

import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What IKE's sockets ask of the kernel's IPsec: to be let alone, and to take ESP in UDP. */
public final class IpsecOptions {
    private static final Logger LOG = LoggerFactory.getLogger(IpsecOptions.class);

    private static final int SOL_UDP = 17;
    private static final int UDP_ENCAP = 100;
    private static final int UDP_ENCAP_ESPINUDP = 2;

    // struct xfrm_userpolicy_info (linux/xfrm.h); all that stays zero matches everything and has no limit
    private static final int SIZEOF_XFRM_USERPOLICY_INFO = 168;
    private static final int SEL_FAMILY = 40;
    private static final int DIR = 160;
    private static final int ACTION = 161;
    private static final byte XFRM_POLICY_IN = 0;
    private static final byte XFRM_POLICY_OUT = 1;
    private static final byte XFRM_POLICY_ALLOW = 0;

    private IpsecOptions() {}

    /** Does what the kernel and our privileges allow; the log says what is lacking. */
    static void apply(IkeSockets sockets) {
        takeEspInUdp(sockets);
        try {
            for (UdpSocket socket : sockets.all()) {
                exempt(socket.descriptor(), socket.family());
            }
        } catch (ErrnoException e) {
            LOG.warn("{} (without it, IPsec policies that cover a peer's own address stop IKE)", e.getMessage());
        }
    }

    /** IKE passes in the clear, both ways, whatever the policies of the host say (RFC 4301 4.4.1). */
    public static void exempt(FileDescriptor socket, IpFamily family) throws ErrnoException {
        for (byte direction : new byte[] {XFRM_POLICY_IN, XFRM_POLICY_OUT}) {
            ByteBuffer policy = NativeMemory.allocate(SIZEOF_XFRM_USERPOLICY_INFO)
                    .putShort(SEL_FAMILY, (short) family.number())
                    .put(DIR, direction)
                    .put(ACTION, XFRM_POLICY_ALLOW);
            Socket.setOption(
                    socket, family.level(), family.xfrmPolicy(), policy, "cannot exempt IKE from IPsec policies");
        }
    }

    /** As {@link #exempt}, where that is allowed. */
    public static void exemptIfAllowed(FileDescriptor socket, IpFamily family) {
        try {
            exempt(socket, family);
        } catch (ErrnoException e) {
            LOG.debug("{}", e.getMessage());
        }
    }

    private static void takeEspInUdp(IkeSockets sockets) {
        try {
            for (UdpSocket socket : sockets.nat().sockets().toList()) {
                Socket.setOption(
                        socket.descriptor(),
                        SOL_UDP,
                        UDP_ENCAP,
                        UDP_ENCAP_ESPINUDP,
                        "the kernel does not take ESP in UDP on " + socket);
            }
        } catch (ErrnoException e) {
            LOG.warn("{} (tunnels through a NAT will carry no traffic)", e.getMessage());
        }
    }
}
