package org.ikebana.kernel.netlink;

import java.util.ArrayList;
import java.util.List;

/**
 * A message as it came.
 *
 * @param payload what follows the header; valid as long as the buffer that it came in
 */
public record NetlinkMessage(NetlinkHeader header, CStruct payload) {
    /** All messages of a datagram. What is too short for a header at the end is padding. */
    public static List<NetlinkMessage> split(CStruct datagram) throws NetlinkFormatException {
        List<NetlinkMessage> messages = new ArrayList<>();
        int offset = 0;
        while (datagram.size() - offset >= NetlinkHeader.SIZE) {
            NetlinkHeader header = NetlinkHeader.read(datagram.slice(offset, NetlinkHeader.SIZE));
            if (header.length() < NetlinkHeader.SIZE) {
                throw new NetlinkFormatException("A message says it has " + header.length() + " octets");
            }
            CStruct message = datagram.member(offset, header.length());
            messages.add(new NetlinkMessage(
                    header, message.slice(NetlinkHeader.SIZE, header.length() - NetlinkHeader.SIZE)));
            offset += Netlink.align(header.length());
        }
        return messages;
    }
}
