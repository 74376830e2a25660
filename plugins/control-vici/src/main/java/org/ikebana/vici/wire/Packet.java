package org.ikebana.vici.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One packet.
 *
 * @param name of the command or event; empty where the type has none
 * @param message empty where the type has none
 */
public record Packet(PacketType type, String name, Message message) {
    /** Octets of the longest one, its length field not counted. */
    public static final int MAX_LENGTH = 512 * 1024;

    static final int LENGTH_FIELD = 4;

    public static Packet response(Message message) {
        return new Packet(PacketType.CMD_RESPONSE, "", message);
    }

    public static Packet event(String name, Message message) {
        return new Packet(PacketType.EVENT, name, message);
    }

    /** Of a type that has neither name nor message. */
    public static Packet of(PacketType type) {
        return new Packet(type, "", Message.EMPTY);
    }

    /**
     * @param octets a packet without its length field, no longer than {@link #MAX_LENGTH}
     * @throws MalformedPacketException with the reason
     */
    public static Packet decode(byte[] octets) throws MalformedPacketException {
        ByteBuffer in = ByteBuffer.wrap(octets);
        if (!in.hasRemaining()) {
            throw new MalformedPacketException("a packet without a type");
        }
        int code = Byte.toUnsignedInt(in.get());
        PacketType type =
                PacketType.of(code).orElseThrow(() -> new MalformedPacketException("an unknown packet type " + code));
        String name = type.isNamed() ? MessageReader.name(in) : "";
        Message message = type.hasMessage() ? new MessageReader(in).read() : Message.EMPTY;
        if (in.hasRemaining()) {
            throw new MalformedPacketException(in.remaining() + " octets after the end of a packet");
        }
        return new Packet(type, name, message);
    }

    /**
     * With its length field.
     *
     * @throws IllegalArgumentException when it is longer than {@link #MAX_LENGTH}
     */
    public byte[] encode() {
        MessageWriter body = new MessageWriter();
        body.octet(type.code());
        if (type.isNamed()) {
            body.name(name);
        }
        body.write(message);
        if (body.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a packet of " + body.length() + " octets, more than the " + MAX_LENGTH + " that vici allows");
        }
        return ByteBuffer.allocate(LENGTH_FIELD + body.length())
                .putInt(body.length())
                .put(body.octets())
                .array();
    }

    /** What to say of a length field that promises more than may be. */
    public static MalformedPacketException tooLong(long length) {
        return new MalformedPacketException("a packet of " + length + " octets, more than " + MAX_LENGTH);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
