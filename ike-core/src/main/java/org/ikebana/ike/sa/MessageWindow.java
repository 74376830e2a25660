package org.ikebana.ike.sa;

import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.wire.IkeHeader;
import org.jspecify.annotations.Nullable;

/**
 * Message IDs in both directions with windows of one (RFC 7296 2.2, 2.3). The last reply is kept whole: a repeated
 * request gets the same octets again.
 */
final class MessageWindow {
    private int nextRequest;
    private int expectedRequest;
    private @Nullable List<byte[]> lastReply;
    private int lastRequestHash;
    private int lastRequestLength;

    /** What a request is to the window. */
    enum Standing {
        FRESH,
        REPEATED,
        /** With the ID of the last one that was answered, but not the same octets. */
        ALTERED,
        OUTSIDE
    }

    Standing standing(IkeHeader header, byte[] request) {
        if (header.messageId() == expectedRequest) {
            return Standing.FRESH;
        }
        if (lastReply == null || header.messageId() != expectedRequest - 1) {
            return Standing.OUTSIDE;
        }
        boolean same = request.length == lastRequestLength && Arrays.hashCode(request) == lastRequestHash;
        return same ? Standing.REPEATED : Standing.ALTERED;
    }

    /** The reply to the request before the expected one: one message, or its fragments. */
    List<byte[]> lastReply() {
        if (lastReply == null) {
            throw new IllegalStateException("nothing answered yet");
        }
        return lastReply;
    }

    /**
     * The expected request has been answered.
     *
     * @param request whole, or its first fragment (RFC 7383 2.6.1)
     */
    void answered(byte[] request, List<byte[]> reply) {
        expectedRequest++;
        lastReply = reply;
        lastRequestHash = Arrays.hashCode(request);
        lastRequestLength = request.length;
    }

    /** The ID of the request that is under way, or of the next one. */
    int requestId() {
        return nextRequest;
    }

    /** The ID of the request that is to come. */
    int expectedRequestId() {
        return expectedRequest;
    }

    /** What was said before counts no more (RFC 6311 9). */
    void skipTo(int request, int expected) {
        nextRequest = request;
        expectedRequest = expected;
        lastReply = null;
    }

    /** The request under way has its response. */
    void completed() {
        nextRequest++;
    }
}
