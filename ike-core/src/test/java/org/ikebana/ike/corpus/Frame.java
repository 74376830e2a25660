package org.ikebana.ike.corpus;

/**
 * One frame of a capture.
 *
 * @param number counted from 1
 * @param linkType as registered for pcap files (LINKTYPE_...)
 */
record Frame(int number, int linkType, byte[] octets) {}
