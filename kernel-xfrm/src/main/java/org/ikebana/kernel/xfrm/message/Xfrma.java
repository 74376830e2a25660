package org.ikebana.kernel.xfrm.message;

import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Codec;
import org.ikebana.kernel.netlink.Struct;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmAddressFilter;
import org.ikebana.kernel.xfrm.struct.XfrmAlgo;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAead;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAuth;
import org.ikebana.kernel.xfrm.struct.XfrmEncapTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmMark;
import org.ikebana.kernel.xfrm.struct.XfrmReplayState;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmUserKmaddress;
import org.ikebana.kernel.xfrm.struct.XfrmUserMigrate;
import org.ikebana.kernel.xfrm.struct.XfrmUserOffload;
import org.ikebana.kernel.xfrm.struct.XfrmUserSecCtx;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyType;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/** The attributes of {@code enum xfrm_attr_type_t}. */
public final class Xfrma {
    /** Integrity with the algorithm's default truncation, which for SHA-2 is not that of RFC 4868. */
    public static final AttributeType<XfrmAlgo> ALG_AUTH = of(1, "ALG_AUTH", Codec.openStruct(XfrmAlgo::read));

    public static final AttributeType<XfrmAlgo> ALG_CRYPT = of(2, "ALG_CRYPT", Codec.openStruct(XfrmAlgo::read));
    public static final AttributeType<XfrmAlgo> ALG_COMP = of(3, "ALG_COMP", Codec.openStruct(XfrmAlgo::read));
    public static final AttributeType<XfrmEncapTmpl> ENCAP = of(4, "ENCAP", XfrmEncapTmpl.SIZE, XfrmEncapTmpl::read);
    public static final AttributeType<List<XfrmUserTmpl>> TMPL =
            of(5, "TMPL", Codec.array(XfrmUserTmpl.SIZE, XfrmUserTmpl::read));
    public static final AttributeType<XfrmUsersaInfo> SA = of(6, "SA", XfrmUsersaInfo.SIZE, XfrmUsersaInfo::read);
    public static final AttributeType<XfrmUserpolicyInfo> POLICY =
            of(7, "POLICY", XfrmUserpolicyInfo.SIZE, XfrmUserpolicyInfo::read);
    public static final AttributeType<XfrmUserSecCtx> SEC_CTX =
            of(8, "SEC_CTX", Codec.openStruct(XfrmUserSecCtx::read));
    public static final AttributeType<XfrmLifetimeCur> LTIME_VAL =
            of(9, "LTIME_VAL", XfrmLifetimeCur.SIZE, XfrmLifetimeCur::read);
    public static final AttributeType<XfrmReplayState> REPLAY_VAL =
            of(10, "REPLAY_VAL", XfrmReplayState.SIZE, XfrmReplayState::read);
    public static final AttributeType<Integer> REPLAY_THRESH = of(11, "REPLAY_THRESH", Codec.U32);
    /** The kernel tells tenths of seconds, but takes ticks of its own clock. */
    public static final AttributeType<Integer> ETIMER_THRESH = of(12, "ETIMER_THRESH", Codec.U32);

    public static final AttributeType<XfrmAddress> SRCADDR = of(13, "SRCADDR", XfrmAddress.SIZE, XfrmAddress::read);
    public static final AttributeType<XfrmAddress> COADDR = of(14, "COADDR", XfrmAddress.SIZE, XfrmAddress::read);
    /** Seconds since 1970; of SAs since Linux 6.2. */
    public static final AttributeType<Long> LASTUSED = of(15, "LASTUSED", Codec.U64);

    public static final AttributeType<XfrmUserpolicyType> POLICY_TYPE =
            of(16, "POLICY_TYPE", XfrmUserpolicyType.SIZE, XfrmUserpolicyType::read);
    public static final AttributeType<List<XfrmUserMigrate>> MIGRATE =
            of(17, "MIGRATE", Codec.array(XfrmUserMigrate.SIZE, XfrmUserMigrate::read));
    public static final AttributeType<XfrmAlgoAead> ALG_AEAD = of(18, "ALG_AEAD", Codec.openStruct(XfrmAlgoAead::read));
    public static final AttributeType<XfrmUserKmaddress> KMADDRESS =
            of(19, "KMADDRESS", XfrmUserKmaddress.SIZE, XfrmUserKmaddress::read);
    public static final AttributeType<XfrmAlgoAuth> ALG_AUTH_TRUNC =
            of(20, "ALG_AUTH_TRUNC", Codec.openStruct(XfrmAlgoAuth::read));
    public static final AttributeType<XfrmMark> MARK = of(21, "MARK", XfrmMark.SIZE, XfrmMark::read);
    public static final AttributeType<Integer> TFCPAD = of(22, "TFCPAD", Codec.U32);
    public static final AttributeType<XfrmReplayStateEsn> REPLAY_ESN_VAL =
            of(23, "REPLAY_ESN_VAL", Codec.openStruct(XfrmReplayStateEsn::read));
    public static final AttributeType<Integer> SA_EXTRA_FLAGS = of(24, "SA_EXTRA_FLAGS", Codec.U32);
    public static final AttributeType<Integer> PROTO = of(25, "PROTO", Codec.U8);
    public static final AttributeType<XfrmAddressFilter> ADDRESS_FILTER =
            of(26, "ADDRESS_FILTER", XfrmAddressFilter.SIZE, XfrmAddressFilter::read);
    public static final AttributeType<Octets> PAD = of(27, "PAD", Codec.OCTETS);
    public static final AttributeType<XfrmUserOffload> OFFLOAD_DEV =
            of(28, "OFFLOAD_DEV", XfrmUserOffload.SIZE, XfrmUserOffload::read);
    public static final AttributeType<Integer> SET_MARK = of(29, "SET_MARK", Codec.U32);
    public static final AttributeType<Integer> SET_MARK_MASK = of(30, "SET_MARK_MASK", Codec.U32);
    public static final AttributeType<Integer> IF_ID = of(31, "IF_ID", Codec.U32);
    public static final AttributeType<Integer> MTIMER_THRESH = of(32, "MTIMER_THRESH", Codec.U32);
    /** Since Linux 6.10. */
    public static final AttributeType<Integer> SA_DIR = of(33, "SA_DIR", Codec.U8);

    /** Seconds, 0 for none; outbound SAs in UDP only. Since Linux 6.11. */
    public static final AttributeType<Integer> NAT_KEEPALIVE_INTERVAL = of(34, "NAT_KEEPALIVE_INTERVAL", Codec.U32);
    /** Since Linux 6.13. */
    public static final AttributeType<Integer> SA_PCPU = of(35, "SA_PCPU", Codec.U32);

    /** IP-TFS (RFC 9347), inbound: microseconds to wait for the next packet in order. Since Linux 6.14, as all of IP-TFS. */
    public static final AttributeType<Integer> IPTFS_DROP_TIME = of(36, "IPTFS_DROP_TIME", Codec.U32);
    /** Inbound: packets. */
    public static final AttributeType<Integer> IPTFS_REORDER_WINDOW = of(37, "IPTFS_REORDER_WINDOW", Codec.U16);
    /** Outbound: a flag without a value. */
    public static final AttributeType<Octets> IPTFS_DONT_FRAG = of(38, "IPTFS_DONT_FRAG", Codec.OCTETS);
    /** Outbound: microseconds. */
    public static final AttributeType<Integer> IPTFS_INIT_DELAY = of(39, "IPTFS_INIT_DELAY", Codec.U32);
    /** Outbound: octets. */
    public static final AttributeType<Integer> IPTFS_MAX_QSIZE = of(40, "IPTFS_MAX_QSIZE", Codec.U32);
    /** Outbound: octets of an outer packet, 0 for what the path takes. */
    public static final AttributeType<Integer> IPTFS_PKT_SIZE = of(41, "IPTFS_PKT_SIZE", Codec.U32);

    static final AttributeType.Table TABLE = new AttributeType.Table(List.of(
            ALG_AUTH,
            ALG_CRYPT,
            ALG_COMP,
            ENCAP,
            TMPL,
            SA,
            POLICY,
            SEC_CTX,
            LTIME_VAL,
            REPLAY_VAL,
            REPLAY_THRESH,
            ETIMER_THRESH,
            SRCADDR,
            COADDR,
            LASTUSED,
            POLICY_TYPE,
            MIGRATE,
            ALG_AEAD,
            KMADDRESS,
            ALG_AUTH_TRUNC,
            MARK,
            TFCPAD,
            REPLAY_ESN_VAL,
            SA_EXTRA_FLAGS,
            PROTO,
            ADDRESS_FILTER,
            PAD,
            OFFLOAD_DEV,
            SET_MARK,
            SET_MARK_MASK,
            IF_ID,
            MTIMER_THRESH,
            SA_DIR,
            NAT_KEEPALIVE_INTERVAL,
            SA_PCPU,
            IPTFS_DROP_TIME,
            IPTFS_REORDER_WINDOW,
            IPTFS_DONT_FRAG,
            IPTFS_INIT_DELAY,
            IPTFS_MAX_QSIZE,
            IPTFS_PKT_SIZE));

    private Xfrma() {}

    private static <T> AttributeType<T> of(int number, String name, Codec<T> codec) {
        return new AttributeType<>(number, "XFRMA_" + name, codec);
    }

    private static <T extends Struct> AttributeType<T> of(int number, String name, int size, Codec.Reader<T> reader) {
        return of(number, name, Codec.struct(size, reader));
    }
}
