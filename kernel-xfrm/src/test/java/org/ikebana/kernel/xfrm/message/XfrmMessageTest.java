package org.ikebana.kernel.xfrm.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkAck;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyId;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaFlush;
import org.junit.jupiter.api.Test;

class XfrmMessageTest {
    private static final int ROUNDS = 5_000;

    @Test
    void readsBackWhatItWrote() throws Exception {
        long seed = 20261123;
        RandomMessages messages = new RandomMessages(seed);
        for (int i = 0; i < ROUNDS; i++) {
            XfrmMessage message = messages.next();
            assertThat(decode(encode(message))).as("seed %d, round %d", seed, i).isEqualTo(message);
        }
    }

    @Test
    void refusesOrReadsWhateverComes() {
        long seed = 42;
        RandomMessages messages = new RandomMessages(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = encode(messages.next());
            for (int changes = 1 + messages.upTo(3); changes > 0; changes--) {
                octets[messages.upTo(octets.length)] = (byte) messages.upTo(256);
            }
            assertThatCode(() -> readAnything(octets))
                    .as("seed %d, round %d", seed, i)
                    .doesNotThrowAnyException();
        }
    }

    /** Coverage-guided when {@code JAZZER_FUZZ=1}. */
    @FuzzTest(maxDuration = "2m")
    void refusesOrReadsWhateverJazzerFinds(byte[] octets) {
        readAnything(octets);
    }

    @Test
    void endsWhereItsStructEndsWithoutAttributes() {
        assertThat(encode(new XfrmMessage.FlushSa(new XfrmUsersaFlush(0), Attributes.NONE)))
                .as("as iproute2 sends it")
                .hasSize(17);
    }

    @Test
    void keepsWhatItDoesNotKnow() throws Exception {
        AttributeType<Octets> later = AttributeType.unknown(77);
        XfrmMessage message = new XfrmMessage.FlushPolicy(Attributes.NONE.with(later, Octets.ofHex("0102030405")));

        assertThat(decode(encode(message)).attributes().get(later)).contains(Octets.ofHex("0102030405"));
    }

    @Test
    void tellsADumpFromAQueryByItsFlags() throws Exception {
        NetlinkRequest dump = new XfrmMessage.DumpPolicy(Attributes.NONE).request();
        assertThat(dump.flags()).isEqualTo(Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        assertThat(decode(encode(new XfrmMessage.DumpPolicy(Attributes.NONE))))
                .isInstanceOf(XfrmMessage.DumpPolicy.class);
    }

    @Test
    void refusesAMessageThatIsShorterThanItsStruct() {
        byte[] octets = new byte[16 + XfrmUserpolicyId.SIZE - 1];
        CStruct message = CStruct.of(ByteBuffer.wrap(octets), 0, octets.length);
        message.u32(0, octets.length);
        message.u16(4, XfrmMsg.DELPOLICY);

        assertThatThrownBy(() -> decode(octets))
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessageContaining("64 octets");
    }

    @Test
    void refusesAnAttributeOfTheWrongSize() {
        AttributeType<Octets> cut = new AttributeType<>(31, "XFRMA_IF_ID", org.ikebana.kernel.netlink.Codec.OCTETS);
        XfrmMessage message = new XfrmMessage.FlushPolicy(Attributes.NONE.with(cut, Octets.ofHex("0102")));

        assertThatThrownBy(() -> decode(encode(message)))
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessage("XFRMA_IF_ID: 4 octets are wanted, 2 are there");
    }

    private static void readAnything(byte[] octets) {
        try {
            for (NetlinkMessage message : NetlinkMessage.split(CStruct.of(ByteBuffer.wrap(octets), 0, octets.length))) {
                if (message.header().type() == Netlink.NLMSG_ERROR) {
                    NetlinkAck.read(message);
                } else {
                    XfrmMessage decoded = XfrmDecoder.decode(message);
                    assertThat(decode(encode(decoded))).isEqualTo(decoded);
                }
            }
        } catch (NetlinkFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] encode(XfrmMessage message) {
        NetlinkRequest request = message.request();
        CStruct target = CStruct.allocate(request.size());
        request.writeTo(target, 1);
        return target.bytes(0, target.size());
    }

    private static XfrmMessage decode(byte[] octets) throws NetlinkFormatException {
        return XfrmDecoder.decode(NetlinkMessage.split(CStruct.of(ByteBuffer.wrap(octets), 0, octets.length))
                .getFirst());
    }
}
