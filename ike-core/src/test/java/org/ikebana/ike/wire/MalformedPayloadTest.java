package org.ikebana.ike.wire;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lengths and counts that lie. */
class MalformedPayloadTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            SA,       00 00 0009 01 03 00 00,                       5 octets wanted
            SA,       '',                                           1 octets wanted
            SA,       00 00 0007 01 03 00 00,                       1 octets wanted
            SA,       00 00 0003 01 03 00 00,                       a length that does not count itself
            SA,       01 00 0008 01 03 00 00,                       neither 0 nor 2
            SA,       02 00 0008 01 03 00 00,                       1 octets wanted
            SA,       00 00 0008 01 03 00 00 ff,                    1 octets left over
            SA,       00 00 0008 01 03 04 00,                       4 octets wanted
            SA,       00 00 000a 01 03 00 00 0000,                  2 octets left over
            SA,       00 00 0010 01 03 00 02 00 00 0008 01 00 0003, says it has 2 transforms
            SA,       00 00 0010 01 03 00 01 03 00 0008 01 00 0003, says it has 1 transforms
            SA,       00 00 0010 01 03 00 01 02 00 0008 01 00 0003, neither 0 nor 3
            SA,       00 00 0010 01 03 00 01 00 00 0009 01 00 0003, 5 octets wanted
            SA,       00 00 0012 01 03 00 01 00 00 000a 01 00 0003 800e, 2 octets wanted
            SA,       00 00 0015 01 03 00 01 00 00 000d 01 00 0003 0001 0002 ff, 2 octets wanted
            KE,       0013 00,                                      2 octets wanted
            IDI,      01 0000,                                      2 octets wanted
            CERT,     '',                                           1 octets wanted
            CERTREQ,  '',                                           1 octets wanted
            AUTH,     02 00,                                        3 octets wanted
            NOTIFY,   00 00 40,                                     2 octets wanted
            NOTIFY,   03 04 4009 112233,                            4 octets wanted
            DELETE,   03 04 0002 11223344 112233,                   4 octets wanted
            DELETE,   03 04 0001 11223344 11,                       1 octets left over
            DELETE,   03 00 0001 11,                                1 octets left over
            DELETE,   03 04 1001 11223344,                          more than 4096 SPIs
            TSI,      01 000000,                                    1 octets wanted
            TSI,      00 000000 07,                                 1 octets left over
            TSI,      01 000000 07 00 000f 0000 ffff c0000200 c00002, 4 octets wanted
            TSR,      01 000000 07 00 0011 0000 ffff c0000200 c00002ff 00, 1 octets left over
            TSR,      01 000000 0a 00 0003,                         a length that does not count itself
            CP,       01 00,                                        3 octets wanted
            CP,       01 000000 0001,                               2 octets wanted
            CP,       01 000000 0001 0004 c00002,                   4 octets wanted
            SKF,      0000 0001,                                    fragment 0 of 1
            SKF,      0002 0001,                                    fragment 2 of 1
            SKF,      0001 00,                                      2 octets wanted
            """)
    void isRefusedWithThePlace(PayloadType type, String body, String detail) {
        byte[] octets = Hex.bytes(body);
        byte[] chain = new byte[octets.length + 4];
        chain[3] = (byte) chain.length;
        System.arraycopy(octets, 0, chain, 4, octets.length);

        assertThat(MessageReader.readChain(type.code(), chain))
                .isInstanceOfSatisfying(DecodedChain.Refused.class, refused -> {
                    assertThat(refused.notification()).isEqualTo(NotifyPayload.of(NotifyType.INVALID_SYNTAX));
                    assertThat(refused.detail()).startsWith(type + " payload: ").contains(detail);
                });
    }

    @Test
    void anIkeDeleteThatCountsItselfIsRead() {
        assertThat(MessageReader.readChain(PayloadType.DELETE.code(), Hex.bytes("00 00 0008 01 00 0001")))
                .isEqualTo(new DecodedChain.Payloads(List.of(DeletePayload.ofIke())));
    }

    @Test
    void payloadsAreBounded() {
        Payload vendorId = new VendorIdPayload(Octets.EMPTY);
        List<Payload> most = nCopies(WireLimits.PAYLOADS, vendorId);
        List<Payload> tooMany = nCopies(WireLimits.PAYLOADS + 1, vendorId);

        assertThat(read(most)).isEqualTo(new DecodedChain.Payloads(most));
        assertRefused(tooMany, "more than 256 payloads");
    }

    @Test
    void proposalsAreBounded() {
        ProposalSubstructure proposal = new ProposalSubstructure(1, ProtocolId.ESP, Octets.EMPTY, List.of());
        List<Payload> most = List.of(new SaPayload(nCopies(WireLimits.PROPOSALS, proposal)));
        List<Payload> tooMany = List.of(new SaPayload(nCopies(WireLimits.PROPOSALS + 1, proposal)));

        assertThat(read(most)).isEqualTo(new DecodedChain.Payloads(most));
        assertRefused(tooMany, "more than 255 proposals");
    }

    @Test
    void attributesAreBounded() {
        List<TransformAttribute> attributes =
                nCopies(WireLimits.TRANSFORM_ATTRIBUTES + 1, TransformAttribute.keyLength(128));
        TransformSubstructure transform = new TransformSubstructure(1, EncrId.AES_CBC, attributes);
        assertRefused(
                List.of(new SaPayload(
                        List.of(new ProposalSubstructure(1, ProtocolId.ESP, Octets.EMPTY, List.of(transform))))),
                "more than 8 transform attributes");
        assertRefused(
                List.of(new ConfigurationPayload(
                        ConfigurationPayload.SET,
                        nCopies(WireLimits.CONFIGURATION_ATTRIBUTES + 1, new ConfigurationAttribute(1, Octets.EMPTY)))),
                "more than 256 attributes");
    }

    private static DecodedChain read(List<Payload> payloads) {
        return MessageReader.readChain(MessageWriter.firstType(payloads), MessageWriter.chain(payloads));
    }

    private static void assertRefused(List<Payload> payloads, String detail) {
        assertThat(read(payloads))
                .isInstanceOfSatisfying(
                        DecodedChain.Refused.class,
                        refused -> assertThat(refused.detail()).contains(detail));
    }
}
