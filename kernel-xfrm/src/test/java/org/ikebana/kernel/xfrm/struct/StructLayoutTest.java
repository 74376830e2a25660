package org.ikebana.kernel.xfrm.struct;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every struct of fixed size has the size of its C original, and its members have their places there. */
class StructLayoutTest {
    /**
     * What a C program with linux/xfrm.h prints on a 64-bit little-endian machine: the size of each struct, and its
     * members in hexadecimal when its octets are 1, 2, 3 and so on. Big-endian members are turned into numbers.
     */
    private static final String FROM_C = """
            xfrm_id 24 0102030405060708090a0b0c0d0e0f10 11121314 15
            xfrm_selector 56 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2122 2324 2526 \
            2728 2a29 2b 2c 2d 34333231 38373635
            xfrm_lifetime_cfg 64 807060504030201 100f0e0d0c0b0a09 1817161514131211 201f1e1d1c1b1a19 \
            2827262524232221 302f2e2d2c2b2a29 3837363534333231 403f3e3d3c3b3a39
            xfrm_lifetime_cur 32 807060504030201 100f0e0d0c0b0a09 1817161514131211 201f1e1d1c1b1a19
            xfrm_replay_state 12 4030201 8070605 c0b0a09
            xfrm_stats 12 4030201 8070605 c0b0a09
            xfrm_user_tmpl 64 0102030405060708090a0b0c0d0e0f10 11121314 15 1a19 \
            1d1e1f202122232425262728292a2b2c 302f2e2d 31 32 33 38373635 3c3b3a39 403f3e3d
            xfrm_encap_tmpl 24 201 304 506 090a0b0c0d0e0f101112131415161718
            xfrm_userpolicy_type 6 1
            xfrm_mark 8 4030201 8070605
            xfrmu_sadhinfo 8 4030201 8070605
            xfrmu_spdinfo 24 4030201 8070605 c0b0a09 100f0e0d 14131211 18171615
            xfrmu_spdhinfo 8 4030201 8070605
            xfrmu_spdhthresh 2 1 2
            xfrm_usersa_info 224 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2122 2324 \
            2526 2728 2a29 2b 2c 2d 34333231 38373635 393a3b3c3d3e3f404142434445464748 494a4b4c 4d \
            5152535455565758595a5b5c5d5e5f60 6867666564636261 706f6e6d6c6b6a69 7877767574737271 807f7e7d7c7b7a79 \
            8887868584838281 908f8e8d8c8b8a89 9897969594939291 a09f9e9d9c9b9a99 a8a7a6a5a4a3a2a1 \
            b0afaeadacabaaa9 b8b7b6b5b4b3b2b1 c0bfbebdbcbbbab9 c4c3c2c1 c8c7c6c5 cccbcac9 d0cfcecd d4d3d2d1 d6d5 \
            d7 d8 d9
            xfrm_usersa_id 24 0102030405060708090a0b0c0d0e0f10 11121314 1615 17
            xfrm_aevent_id 48 0102030405060708090a0b0c0d0e0f10 11121314 1615 17 \
            191a1b1c1d1e1f202122232425262728 2c2b2a29 302f2e2d
            xfrm_userspi_info 232 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2122 2324 \
            2526 2728 2a29 2b 2c 2d 34333231 38373635 393a3b3c3d3e3f404142434445464748 494a4b4c 4d \
            5152535455565758595a5b5c5d5e5f60 6867666564636261 706f6e6d6c6b6a69 7877767574737271 807f7e7d7c7b7a79 \
            8887868584838281 908f8e8d8c8b8a89 9897969594939291 a09f9e9d9c9b9a99 a8a7a6a5a4a3a2a1 \
            b0afaeadacabaaa9 b8b7b6b5b4b3b2b1 c0bfbebdbcbbbab9 c4c3c2c1 c8c7c6c5 cccbcac9 d0cfcecd d4d3d2d1 d6d5 \
            d7 d8 d9 e4e3e2e1 e8e7e6e5
            xfrm_userpolicy_info 168 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2122 \
            2324 2526 2728 2a29 2b 2c 2d 34333231 38373635 403f3e3d3c3b3a39 4847464544434241 504f4e4d4c4b4a49 \
            5857565554535251 605f5e5d5c5b5a59 6867666564636261 706f6e6d6c6b6a69 7877767574737271 \
            807f7e7d7c7b7a79 8887868584838281 908f8e8d8c8b8a89 9897969594939291 9c9b9a99 a09f9e9d a1 a2 a3 a4
            xfrm_userpolicy_id 64 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2122 2324 \
            2526 2728 2a29 2b 2c 2d 34333231 38373635 3c3b3a39 3d
            xfrm_user_acquire 280 0102030405060708090a0b0c0d0e0f10 11121314 15 191a1b1c1d1e1f202122232425262728 \
            292a2b2c2d2e2f303132333435363738 393a3b3c3d3e3f404142434445464748 494a 4b4c 4d4e 4f50 5251 53 54 55 \
            5c5b5a59 605f5e5d 6162636465666768696a6b6c6d6e6f70 7172737475767778797a7b7c7d7e7f80 8182 8384 8586 \
            8788 8a89 8b 8c 8d 94939291 98979695 a09f9e9d9c9b9a99 a8a7a6a5a4a3a2a1 b0afaeadacabaaa9 \
            b8b7b6b5b4b3b2b1 c0bfbebdbcbbbab9 c8c7c6c5c4c3c2c1 d0cfcecdcccbcac9 d8d7d6d5d4d3d2d1 \
            e0dfdedddcdbdad9 e8e7e6e5e4e3e2e1 f0efeeedecebeae9 f8f7f6f5f4f3f2f1 fcfbfaf9 fffefd 1 2 3 4 c0b0a09 \
            100f0e0d 14131211 18171615
            xfrm_user_expire 232 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2122 2324 \
            2526 2728 2a29 2b 2c 2d 34333231 38373635 393a3b3c3d3e3f404142434445464748 494a4b4c 4d \
            5152535455565758595a5b5c5d5e5f60 6867666564636261 706f6e6d6c6b6a69 7877767574737271 807f7e7d7c7b7a79 \
            8887868584838281 908f8e8d8c8b8a89 9897969594939291 a09f9e9d9c9b9a99 a8a7a6a5a4a3a2a1 \
            b0afaeadacabaaa9 b8b7b6b5b4b3b2b1 c0bfbebdbcbbbab9 c4c3c2c1 c8c7c6c5 cccbcac9 d0cfcecd d4d3d2d1 d6d5 \
            d7 d8 d9 e1
            xfrm_user_polexpire 176 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2122 2324 \
            2526 2728 2a29 2b 2c 2d 34333231 38373635 403f3e3d3c3b3a39 4847464544434241 504f4e4d4c4b4a49 \
            5857565554535251 605f5e5d5c5b5a59 6867666564636261 706f6e6d6c6b6a69 7877767574737271 \
            807f7e7d7c7b7a79 8887868584838281 908f8e8d8c8b8a89 9897969594939291 9c9b9a99 a09f9e9d a1 a2 a3 a4 a9
            xfrm_usersa_flush 1 1
            xfrm_user_report 60 1 05060708090a0b0c0d0e0f1011121314 15161718191a1b1c1d1e1f2021222324 2526 2728 \
            292a 2b2c 2e2d 2f 30 31 38373635 3c3b3a39
            xfrm_user_kmaddress 40 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2625
            xfrm_user_migrate 76 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 \
            2122232425262728292a2b2c2d2e2f30 3132333435363738393a3b3c3d3e3f40 41 42 48474645 4a49 4c4b
            xfrm_user_mapping 64 0102030405060708090a0b0c0d0e0f10 11121314 1615 17 1c1b1a19 \
            1d1e1f202122232425262728292a2b2c 2d2e2f303132333435363738393a3b3c 3d3e 3f40
            xfrm_address_filter 36 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20 2221 23 24
            xfrm_user_offload 8 4030201 5
            xfrm_userpolicy_default 3 1 2 3
            xfrm_user_migrate_state 132 0102030405060708090a0b0c0d0e0f10 11121314 1615 17 \
            191a1b1c1d1e1f202122232425262728 292a2b2c2d2e2f303132333435363738 3c3b3a39 403f3e3d \
            4142434445464748494a4b4c4d4e4f50 5152535455565758595a5b5c5d5e5f60 6162 6364 6566 6768 6a69 6b \
            6c 6d 74737271 78777675 7c7b7a79 807f7e7d 8281
            """;

    static Stream<String> structs() {
        return FROM_C.lines();
    }

    @ParameterizedTest
    @MethodSource("structs")
    void hasTheLayoutOfItsOriginal(String fromC) throws ReflectiveOperationException {
        Scanner words = new Scanner(fromC);
        String name = words.next();
        int size = words.nextInt();
        CStruct memory = counting(size);

        Struct struct = read(name, memory);

        assertThat(struct.size()).isEqualTo(size);
        assertThat(members(struct)).containsExactlyElementsOf(words.tokens().toList());
        assertThat(octetsThatDiffer(memory, written(struct)))
                .as("padding is written as zeros, everything else as it was read")
                .allMatch(octet -> octet == 0);
    }

    private static CStruct counting(int size) {
        CStruct memory = CStruct.allocate(size);
        for (int i = 0; i < size; i++) {
            memory.u8(i, i + 1);
        }
        return memory;
    }

    private static Struct read(String name, CStruct memory) throws ReflectiveOperationException {
        StringBuilder className = new StringBuilder(StructLayoutTest.class.getPackageName() + ".");
        for (String word : name.split("_", -1)) {
            className.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return (Struct) Class.forName(className.toString())
                .getMethod("read", CStruct.class)
                .invoke(null, memory);
    }

    private static CStruct written(Struct struct) {
        CStruct target = CStruct.allocate(struct.size());
        struct.writeTo(target);
        return target;
    }

    private static List<Integer> octetsThatDiffer(CStruct read, CStruct written) {
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            if (read.u8(i) != written.u8(i)) {
                differing.add(written.u8(i));
            }
        }
        return differing;
    }

    private static List<String> members(Object value) throws ReflectiveOperationException {
        return switch (value) {
            case XfrmAddress address -> List.of(address.toString());
            case Integer number -> List.of(Integer.toHexString(number));
            case Long number -> List.of(Long.toHexString(number));
            default -> {
                List<String> members = new ArrayList<>();
                for (RecordComponent component : value.getClass().getRecordComponents()) {
                    members.addAll(members(component.getAccessor().invoke(value)));
                }
                yield members;
            }
        };
    }
}
