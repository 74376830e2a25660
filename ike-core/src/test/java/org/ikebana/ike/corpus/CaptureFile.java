package org.ikebana.ike.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads pcap and pcapng files. A record that is cut short or says it is longer than the file ends the capture. */
final class CaptureFile {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int SECTION_HEADER_BLOCK = 0x0a0d0d0a;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE_DESCRIPTION_BLOCK = 1;
    private static final int SIMPLE_PACKET_BLOCK = 3;
    private static final int ENHANCED_PACKET_BLOCK = 6;

    private final ByteBuffer file;
    private final List<Frame> frames = new ArrayList<>();

    private CaptureFile(ByteBuffer file) {
        this.file = file;
    }

    static List<Frame> read(Path path) throws IOException {
        CaptureFile capture = new CaptureFile(ByteBuffer.wrap(Files.readAllBytes(path)));
        if (capture.file.getInt(0) == SECTION_HEADER_BLOCK) {
            capture.readBlocks();
        } else {
            capture.readRecords(path);
        }
        return capture.frames;
    }

    private void readRecords(Path path) throws IOException {
        if (!isPcapMagic(file.getInt(0))) {
            file.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (!isPcapMagic(file.getInt(0))) {
            throw new IOException(path + " is neither pcap nor pcapng");
        }
        int linkType = file.getInt(20) & 0xfffffff;
        file.position(24);
        while (file.remaining() >= 16) {
            int captured = file.getInt(file.position() + 8);
            file.position(file.position() + 16);
            add(linkType, captured, file.remaining());
        }
    }

    private void readBlocks() {
        List<Integer> linkTypes = new ArrayList<>();
        while (file.remaining() >= 12) {
            int start = file.position();
            if (file.getInt(start) == SECTION_HEADER_BLOCK) {
                boolean bigEndian = file.order(ByteOrder.BIG_ENDIAN).getInt(start + 8) == BYTE_ORDER_MAGIC;
                file.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                linkTypes.clear();
            }
            int length = file.getInt(start + 4);
            if (length < 12 || length > file.remaining()) {
                return;
            }
            readBlock(file.getInt(start), start + 8, length - 12, linkTypes);
            file.position(start + length);
        }
    }

    private void readBlock(int type, int body, int length, List<Integer> linkTypes) {
        switch (type) {
            case INTERFACE_DESCRIPTION_BLOCK -> linkTypes.add(Short.toUnsignedInt(file.getShort(body)));
            case SIMPLE_PACKET_BLOCK -> {
                file.position(body + 4);
                add(linkTypes.getFirst(), Math.min(file.getInt(body), length - 4), length - 4);
            }
            case ENHANCED_PACKET_BLOCK -> {
                file.position(body + 20);
                add(linkTypes.get(file.getInt(body)), file.getInt(body + 12), length - 20);
            }
            default -> {
                // Statistics, name resolution and the like.
            }
        }
    }

    private void add(int linkType, int captured, int available) {
        byte[] octets = new byte[captured < 0 || captured > available ? available : captured];
        file.get(octets);
        frames.add(new Frame(frames.size() + 1, linkType, octets));
    }

    private static boolean isPcapMagic(int magic) {
        return magic == MICROSECONDS || magic == NANOSECONDS;
    }
}
