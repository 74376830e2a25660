package org.ikebana.kernel.netlink;

/** A value that has the layout of a C struct. */
public interface Struct {
    /** Nothing at all, as the fixed part of messages that have none. */
    Struct EMPTY = new Struct() {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public void writeTo(CStruct target) {}
    };

    /** In octets, padding between the members included. */
    int size();

    /** Writes it into {@code target}: {@link #size} octets, all zero. */
    void writeTo(CStruct target);
}
