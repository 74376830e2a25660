package org.ikebana.kernel.netlink;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.wire.Octets;

/** How the values of one type are laid out. {@code read(write(x)) = x}, and the other way round for zero padding. */
public interface Codec<T> {
    int size(T value);

    /** Writes the value into {@code target}: {@link #size} octets, all zero. */
    void write(T value, CStruct target);

    /**
     * Reads the value that fills {@code source}.
     *
     * @throws NetlinkFormatException when it has not the size that it must have
     */
    T read(CStruct source) throws NetlinkFormatException;

    /** {@code __u8}. */
    Codec<Integer> U8 = new Scalar<>(1, (value, target) -> target.u8(0, value), source -> source.u8(0));

    /** {@code __u16}. */
    Codec<Integer> U16 = new Scalar<>(2, (value, target) -> target.u16(0, value), source -> source.u16(0));

    /** {@code __u32}. */
    Codec<Integer> U32 = new Scalar<>(4, (value, target) -> target.u32(0, value), source -> source.u32(0));

    /** {@code __u64}. */
    Codec<Long> U64 = new Scalar<>(8, (value, target) -> target.u64(0, value), source -> source.u64(0));

    /** Octets as they are, of any number. */
    Codec<Octets> OCTETS = new Codec<>() {
        @Override
        public int size(Octets value) {
            return value.length();
        }

        @Override
        public void write(Octets value, CStruct target) {
            target.octets(0, value);
        }

        @Override
        public Octets read(CStruct source) {
            return source.octets(0, source.size());
        }
    };

    /** Attributes within an attribute. */
    static Codec<Attributes> nested(AttributeType.Table table) {
        return new Codec<>() {
            @Override
            public int size(Attributes value) {
                return value.size();
            }

            @Override
            public void write(Attributes value, CStruct target) {
                value.writeTo(target);
            }

            @Override
            public Attributes read(CStruct source) throws NetlinkFormatException {
                return Attributes.read(source, table);
            }
        };
    }

    /** A struct of fixed size. */
    static <T extends Struct> Codec<T> struct(int size, Reader<T> reader) {
        return new Scalar<>(size, Struct::writeTo, reader);
    }

    /** A struct that ends in an array; the reader checks the size. */
    static <T extends Struct> Codec<T> openStruct(Reader<T> reader) {
        return new Codec<>() {
            @Override
            public int size(T value) {
                return value.size();
            }

            @Override
            public void write(T value, CStruct target) {
                value.writeTo(target);
            }

            @Override
            public T read(CStruct source) throws NetlinkFormatException {
                return reader.read(source);
            }
        };
    }

    /** Structs of fixed size one after another. */
    static <T extends Struct> Codec<List<T>> array(int size, Reader<T> reader) {
        return new Codec<>() {
            @Override
            public int size(List<T> values) {
                return size * values.size();
            }

            @Override
            public void write(List<T> values, CStruct target) {
                for (int i = 0; i < values.size(); i++) {
                    values.get(i).writeTo(target.slice(i * size, size));
                }
            }

            @Override
            public List<T> read(CStruct source) throws NetlinkFormatException {
                List<T> values = new ArrayList<>();
                for (int offset = 0; offset < source.size(); offset += size) {
                    values.add(reader.read(source.member(offset, size)));
                }
                return List.copyOf(values);
            }
        };
    }

    /** Makes a value from as many octets as its struct has. */
    @FunctionalInterface
    interface Reader<T> {
        T read(CStruct source) throws NetlinkFormatException;
    }

    /** Writes a value into as many octets as its struct has. */
    @FunctionalInterface
    interface Writer<T> {
        void write(T value, CStruct target);
    }

    /** A value that always takes {@code octets}. */
    record Scalar<T>(int octets, Writer<T> writer, Reader<T> reader) implements Codec<T> {
        @Override
        public int size(T value) {
            return octets;
        }

        @Override
        public void write(T value, CStruct target) {
            writer.write(value, target);
        }

        @Override
        public T read(CStruct source) throws NetlinkFormatException {
            if (source.size() != octets) {
                throw new NetlinkFormatException(octets + " octets are wanted, " + source.size() + " are there");
            }
            return reader.read(source);
        }
    }
}
