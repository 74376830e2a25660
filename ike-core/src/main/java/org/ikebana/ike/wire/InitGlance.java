package org.ikebana.ike.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * As much of a datagram as a cookie depends on (RFC 7296 2.6), found without reading the rest, and without copying any: for
 * times when most requests are nobody's. What a glance finds right is read whole before anything else is done with it.
 */
public sealed interface InitGlance {
    /** No IKE_SA_INIT request, or one that another version speaks: for whoever reads it whole. */
    record Other() implements InitGlance {}

    /** Such a request, which no peer would send. */
    record Broken() implements InitGlance {}

    /**
     * A request, in which octets {@code [nonceFrom, nonceTo)} are Ni, and {@code [cookieFrom, cookieTo)} the cookie; an
     * empty range where it shows none.
     */
    record Request(byte[] datagram, int nonceFrom, int nonceTo, int cookieFrom, int cookieTo) implements InitGlance {
        public long initiatorSpi() {
            return (long) LONG.get(datagram, 0);
        }

        /** The response that asks for the request again, with this cookie. */
        public byte[] demand(byte[] cookie) {
            byte[] response = new byte[IkeHeader.LENGTH + NOTIFY_LENGTH + cookie.length];
            System.arraycopy(datagram, 0, response, 0, Long.BYTES);
            response[FIRST_PAYLOAD] = (byte) PayloadType.NOTIFY.code();
            response[VERSION] = VERSION_2_0;
            response[EXCHANGE] = (byte) ExchangeType.IKE_SA_INIT.code();
            response[FLAGS] = RESPONSE;
            INT.set(response, IkeHeader.LENGTH_OFFSET, response.length);
            SHORT.set(response, IkeHeader.LENGTH + 2, (short) (NOTIFY_LENGTH + cookie.length));
            SHORT.set(response, IkeHeader.LENGTH + NOTIFY_TYPE, (short) NotifyType.COOKIE);
            System.arraycopy(cookie, 0, response, IkeHeader.LENGTH + NOTIFY_LENGTH, cookie.length);
            return response;
        }
    }

    VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    int FIRST_PAYLOAD = 16;
    int VERSION = 17;
    int EXCHANGE = 18;
    int FLAGS = 19;
    int MESSAGE_ID = 20;
    byte VERSION_2_0 = 0x20;
    byte RESPONSE = 0x20;
    int INITIATOR = 0x08;

    /** Of a payload, and of a Notify payload without an SPI. */
    int GENERIC_HEADER_LENGTH = 4;

    int NOTIFY_LENGTH = 8;
    int SPI_SIZE = 5;
    int NOTIFY_TYPE = 6;

    /** RFC 7296 3.9. */
    int SHORTEST_NONCE = 16;

    int LONGEST_NONCE = 256;

    InitGlance OTHER = new Other();
    InitGlance BROKEN = new Broken();

    /** @param datagram without the non-ESP marker; not changed */
    static InitGlance at(byte[] datagram) {
        boolean isRequest = datagram.length >= IkeHeader.LENGTH
                && datagram[EXCHANGE] == (byte) ExchangeType.IKE_SA_INIT.code()
                && (long) LONG.get(datagram, Long.BYTES) == 0
                && datagram[VERSION] >> 4 == VERSION_2_0 >> 4
                && (datagram[FLAGS] & (RESPONSE | INITIATOR)) == INITIATOR;
        if (!isRequest) {
            return OTHER;
        }
        boolean isSound = (long) LONG.get(datagram, 0) != 0
                && (int) INT.get(datagram, MESSAGE_ID) == 0
                && (int) INT.get(datagram, IkeHeader.LENGTH_OFFSET) == datagram.length;
        return isSound ? walk(datagram) : BROKEN;
    }

    /** The chain is as long as it may be at most, so that nobody has us walk for long. */
    private static InitGlance walk(byte[] datagram) {
        int nonceFrom = 0;
        int nonceTo = 0;
        int cookieFrom = 0;
        int cookieTo = 0;
        int type = datagram[FIRST_PAYLOAD] & 0xff;
        int at = IkeHeader.LENGTH;
        for (int count = 0; type != PayloadType.NO_NEXT; count++) {
            if (count == WireLimits.PAYLOADS || at + GENERIC_HEADER_LENGTH > datagram.length) {
                return BROKEN;
            }
            int end = at + ((short) SHORT.get(datagram, at + 2) & 0xffff);
            if (end < at + GENERIC_HEADER_LENGTH || end > datagram.length) {
                return BROKEN;
            }
            if (type == PayloadType.NONCE.code()) {
                if (nonceTo > 0) {
                    return BROKEN;
                }
                nonceFrom = at + GENERIC_HEADER_LENGTH;
                nonceTo = end;
            } else if (type == PayloadType.NOTIFY.code() && cookieTo == 0 && isCookie(datagram, at, end)) {
                cookieFrom = at + NOTIFY_LENGTH;
                cookieTo = end;
            }
            type = datagram[at] & 0xff;
            at = end;
        }
        int nonceLength = nonceTo - nonceFrom;
        return nonceLength < SHORTEST_NONCE || nonceLength > LONGEST_NONCE
                ? BROKEN
                : new Request(datagram, nonceFrom, nonceTo, cookieFrom, cookieTo);
    }

    private static boolean isCookie(byte[] datagram, int at, int end) {
        return end - at >= NOTIFY_LENGTH
                && datagram[at + SPI_SIZE] == 0
                && (short) SHORT.get(datagram, at + NOTIFY_TYPE) == NotifyType.COOKIE;
    }
}
