package org.ikebana.kernel.tun.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What comes in for one thread: raw ESP, and UDP payloads of the port that ESP shares with IKE, still to be told apart.
 * Addresses are numbers, IPv4 as {@code ::ffff:a.b.c.d} (RFC 4291 2.5.5.2). Allocates nothing per packet.
 */
public interface EspReceiver extends AutoCloseable {
    /** Waits until something is there or {@link #wake} was called. */
    void await() throws IOException;

    /**
     * Takes what is there, without waiting. The results are good until the next call.
     *
     * @return the number of runs, numbered from 0
     */
    int receive() throws IOException;

    /** Direct, big endian; writable, so that packets are opened where they lie. */
    ByteBuffer memory();

    /** Where run {@code i} starts. */
    int at(int i);

    /** Of the whole run, in octets. */
    int length(int i);

    /** A run is one or more packets of this length, one behind the other; the last may be shorter. */
    int segment(int i);

    /** Whether they came in UDP. */
    boolean inUdp(int i);

    /** DSCP and ECN of the outer header. */
    int trafficClass(int i);

    long sourceHigh(int i);

    long sourceLow(int i);

    /** 0 for raw ESP. */
    int sourcePort(int i);

    long destinationHigh(int i);

    long destinationLow(int i);

    /** Hands {@code [at, at + length)} of run {@code i}, the octets behind the non-ESP marker, to IKE. */
    void deliverIke(int i, int at, int length);

    /** Ends {@link #await}, the present or the next. From any thread. */
    void wake() throws IOException;

    @Override
    void close();
}
