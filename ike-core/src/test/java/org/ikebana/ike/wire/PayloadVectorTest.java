package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Payloads octet by octet, as RFC 7296 3.3 to 3.16 and RFC 7383 2.5 draw them. */
class PayloadVectorTest {
    private static final String IPV6_LOW = "20010db8 00000000 00000000 00000000";
    private static final String IPV6_HIGH = "20010db8 00000000 ffffffff ffffffff";

    /** A payload, and what stands after its generic header. */
    record Vector(String name, Payload payload, String body) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Vector> VECTORS = List.of(
            new Vector(
                    "SA: an ESP proposal with a key length and one without transforms",
                    new SaPayload(List.of(
                            new ProposalSubstructure(
                                    1,
                                    ProtocolId.ESP,
                                    Octets.ofInt(0xc0ffee01),
                                    List.of(
                                            TransformSubstructure.of(TransformType.ENCR, EncrId.AES_GCM_16, 256),
                                            TransformSubstructure.of(TransformType.ESN, 0))),
                            new ProposalSubstructure(2, ProtocolId.AH, Octets.EMPTY, List.of()))),
                    """
                    02 00 0020  01 03 04 02 c0ffee01
                       03 00 000c  01 00 0014  800e 0100
                       00 00 0008  05 00 0000
                    00 00 0008  02 02 00 00
                    """),
            new Vector(
                    "SA: an IKE proposal of a rekey with a TLV attribute",
                    new SaPayload(List.of(new ProposalSubstructure(
                            1,
                            ProtocolId.IKE,
                            Octets.ofLong(0x0102030405060708L),
                            List.of(new TransformSubstructure(
                                    250, 1025, List.of(new TransformAttribute(99, false, Octets.ofHex("aabbcc")))))))),
                    "00 00 001f  01 01 08 01 0102030405060708  00 00 000f  fa 00 0401  0063 0003 aabbcc"),
            new Vector("KE", new KePayload(KeId.CURVE25519, Octets.ofHex("a1a2")), "001f 0000 a1a2"),
            new Vector(
                    "IDi: an address",
                    new IdPayload(PayloadType.IDI, 1, Octets.ofHex("c0000201")),
                    "01 000000 c0000201"),
            new Vector(
                    "IDr: reserved octets that are not zero",
                    new IdPayload(PayloadType.IDR, 2, 0x010203, Octets.ofHex("61")),
                    "02 010203 61"),
            new Vector("CERT", new CertPayload(CertPayload.X509_SIGNATURE, Octets.ofHex("3000")), "04 3000"),
            new Vector("CERTREQ: any authority", new CertReqPayload(CertPayload.X509_SIGNATURE, Octets.EMPTY), "04"),
            new Vector("AUTH", new AuthPayload(14, Octets.ofHex("beef")), "0e 000000 beef"),
            new Vector("Nonce", new NoncePayload(Octets.ofHex("00112233445566778899")), "00112233445566778899"),
            new Vector("N: status", NotifyPayload.of(NotifyType.MOBIKE_SUPPORTED), "00 00 400c"),
            new Vector(
                    "N: with data",
                    NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofHex("0013")),
                    "00 00 0011 0013"),
            new Vector(
                    "N: about a child SA",
                    new NotifyPayload(ProtocolId.ESP, Octets.ofInt(0x11223344), NotifyType.REKEY_SA, Octets.EMPTY),
                    "03 04 4009 11223344"),
            new Vector("D: the IKE SA", DeletePayload.ofIke(), "01 00 0000"),
            new Vector(
                    "D: child SAs",
                    new DeletePayload(ProtocolId.ESP, List.of(Octets.ofInt(1), Octets.ofInt(2))),
                    "03 04 0002 00000001 00000002"),
            new Vector("D: no child SA", new DeletePayload(ProtocolId.ESP, List.of()), "03 04 0000"),
            new Vector("V", new VendorIdPayload(Octets.ofHex("4f53")), "4f53"),
            new Vector(
                    "TSi: IPv4 and a type that is not known",
                    new TsPayload(
                            PayloadType.TSI,
                            List.of(
                                    new TrafficSelectorSubstructure(
                                            TrafficSelectorSubstructure.IPV4_ADDR_RANGE,
                                            17,
                                            500,
                                            65535,
                                            Octets.ofHex("c0000200"),
                                            Octets.ofHex("c00002ff")),
                                    new UnknownSelectorSubstructure(10, 6, Octets.ofHex("0102")))),
                    "02 000000  07 11 0010 01f4 ffff c0000200 c00002ff  0a 06 0006 0102"),
            new Vector(
                    "TSr: IPv6, opaque ports",
                    TsPayload.of(
                            PayloadType.TSR,
                            List.of(new TrafficSelectorSubstructure(
                                    TrafficSelectorSubstructure.IPV6_ADDR_RANGE,
                                    0,
                                    65535,
                                    0,
                                    Hex.octets(IPV6_LOW),
                                    Hex.octets(IPV6_HIGH)))),
                    "01 000000  08 00 0028 ffff 0000 " + IPV6_LOW + IPV6_HIGH),
            new Vector(
                    "CP: a request",
                    new ConfigurationPayload(
                            ConfigurationPayload.REQUEST,
                            List.of(
                                    new ConfigurationAttribute(1, Octets.EMPTY),
                                    new ConfigurationAttribute(3, Octets.ofHex("08080808")))),
                    "01 000000  0001 0000  0003 0004 08080808"),
            new Vector("EAP", new EapPayload(Octets.ofHex("03010004")), "03010004"),
            new Vector("SK", new EncryptedPayload(35, Octets.ofHex("00010203")), "00010203"),
            new Vector("SKF", new EncryptedFragmentPayload(0, 2, 3, Octets.ofHex("00010203")), "0002 0003 00010203"),
            new Vector("unknown", new UnknownPayload(200, false, Octets.ofHex("cafe")), "cafe"));

    @ParameterizedTest
    @FieldSource("VECTORS")
    void isWrittenAsDrawn(Vector vector) {
        assertThat(Octets.wrap(MessageWriter.chain(List.of(vector.payload)))).isEqualTo(chain(vector));
    }

    @ParameterizedTest
    @FieldSource("VECTORS")
    void isReadAsDrawn(Vector vector) throws MalformedException {
        byte[] chain = chain(vector).toByteArray();
        PayloadReader in = new PayloadReader(chain, 0, chain.length);
        assertThat(PayloadChain.read(vector.payload.typeCode(), in, type -> true))
                .containsExactly(vector.payload);
    }

    private static Octets chain(Vector vector) {
        Octets body = Hex.octets(vector.body);
        int next = switch (vector.payload) {
            case EncryptedPayload sk -> sk.firstInner();
            case EncryptedFragmentPayload skf -> skf.firstInner();
            default -> PayloadType.NO_NEXT;
        };
        return Hex.octets("%02x 00 %04x %s".formatted(next, body.length() + 4, body));
    }
}
