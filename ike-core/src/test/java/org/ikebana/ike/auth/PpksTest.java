package org.ikebana.ike.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

class PpksTest {
    @Test
    void isFoundByTheOctetsOfItsId() throws Exception {
        Ppk text = ppk("text", "tunnel-ppk");
        Ppk octets = ppk("octets", "@#0a0b", "@#0c");
        Ppks ppks = new Ppks(List.of(text, octets));

        assertThat(ppks.find(octets("tunnel-ppk"))).contains(text);
        assertThat(ppks.find(Octets.copyOf((byte) 0x0c))).contains(octets);
        assertThat(ppks.find(octets("tunnel-PPK"))).isEmpty();
        assertThat(ppks.find(octets("tunnel-pp"))).isEmpty();
        assertThat(ppks.find(Octets.EMPTY)).isEmpty();
    }

    @Test
    void oneWithoutIdServesWhatNoOtherDoes() throws Exception {
        Ppk any = ppk("any");
        Ppk text = ppk("text", "tunnel-ppk");
        Ppks ppks = new Ppks(List.of(any, text));

        assertThat(ppks.find(octets("tunnel-ppk"))).contains(text);
        assertThat(ppks.find(octets("else"))).contains(any);
    }

    private static Ppk ppk(String name, String... ids) throws IdentitySyntaxException {
        Identity[] parsed = new Identity[ids.length];
        for (int i = 0; i < ids.length; i++) {
            parsed[i] = Identity.parse(ids[i]);
        }
        return new Ppk(name, Arrays.asList(parsed), Secret.wrap(new byte[] {1}));
    }

    private static Octets octets(String text) {
        return Octets.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
