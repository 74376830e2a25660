package org.ikebana.kernel.xfrm.struct;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code xfrm_address_t}: 16 octets, of which an IPv4 address takes the first four. The family stands elsewhere in the
 * struct around it.
 */
public record XfrmAddress(Octets octets) implements Struct {
    public static final int SIZE = 16;
    /** The wildcard address of either family. */
    public static final XfrmAddress ANY = new XfrmAddress(Octets.wrap(new byte[SIZE]));

    private static final int IPV4_SIZE = 4;

    public static XfrmAddress of(InetAddress address) {
        CStruct octets = CStruct.allocate(SIZE);
        octets.bytes(0, address.getAddress());
        return read(octets);
    }

    public static XfrmAddress read(CStruct source) {
        return read(source, 0);
    }

    static XfrmAddress read(CStruct source, int offset) {
        return new XfrmAddress(source.octets(offset, SIZE));
    }

    /**
     * As an address of its family.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     * @throws NetlinkFormatException for any other family
     */
    public InetAddress inFamily(int family) throws NetlinkFormatException {
        return switch (family) {
            case Socket.AF_INET -> address(octets.slice(0, IPV4_SIZE));
            case Socket.AF_INET6 -> address(octets);
            default -> throw new NetlinkFormatException("An address of family " + family);
        };
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        writeTo(target, 0);
    }

    void writeTo(CStruct target, int offset) {
        target.octets(offset, octets);
    }

    private static InetAddress address(Octets octets) {
        try {
            return InetAddress.getByAddress(octets.toByteArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 octets are addresses", e);
        }
    }

    @Override
    public String toString() {
        return octets.toString();
    }
}
