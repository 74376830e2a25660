package org.ikebana.daemon.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** A new pcapng file of IP packets, which its owner alone can read. */
public final class PcapngFile implements Closeable {
    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int LINKTYPE_RAW = 101;
    private static final int ENHANCED_PACKET = 6;
    private static final int COMMENT = 1;
    private static final int FLAGS = 2;
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;
    /** Type and both lengths of a block. */
    private static final int FRAME = 12;
    /** Of an option. */
    private static final int OPTION_HEADER = 4;

    private final SeekableByteChannel out;

    private PcapngFile(SeekableByteChannel out) {
        this.out = out;
    }

    /** @throws IOException if there is such a file, or it cannot be made */
    public static PcapngFile create(Path path) throws IOException {
        PcapngFile file = new PcapngFile(Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        file.write(
                SECTION_HEADER,
                buffer(16)
                        .putInt(BYTE_ORDER)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
        file.write(
                INTERFACE,
                buffer(8).putShort((short) LINKTYPE_RAW).putShort((short) 0).putInt(0));
        return file;
    }

    /** @param comment shown with the packet; empty for none */
    public void packet(Instant time, boolean isInbound, byte[] packet, String comment) throws IOException {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        long microseconds = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        ByteBuffer body = buffer(20 + padded(packet.length) + 3 * OPTION_HEADER + padded(text.length) + Integer.BYTES)
                .putInt(0)
                .putInt((int) (microseconds >>> Integer.SIZE))
                .putInt((int) microseconds)
                .putInt(packet.length)
                .putInt(packet.length)
                .put(packet)
                .position(20 + padded(packet.length));
        if (text.length > 0) {
            option(body, COMMENT, text);
        }
        option(
                body,
                FLAGS,
                buffer(Integer.BYTES).putInt(isInbound ? INBOUND : OUTBOUND).array());
        write(ENHANCED_PACKET, body.putInt(0)); // the end of the options
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static void option(ByteBuffer body, int code, byte[] value) {
        int end = body.position() + OPTION_HEADER + padded(value.length);
        body.putShort((short) code).putShort((short) value.length).put(value).position(end);
    }

    private void write(int type, ByteBuffer body) throws IOException {
        int length = FRAME + body.position();
        ByteBuffer block = buffer(length)
                .putInt(type)
                .putInt(length)
                .put(body.flip())
                .putInt(length)
                .flip();
        while (block.hasRemaining()) {
            out.write(block);
        }
    }

    private static int padded(int length) {
        return Math.ceilDiv(length, Integer.BYTES) * Integer.BYTES;
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
