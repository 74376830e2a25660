package org.ikebana.kernel.xfrm.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.Attribute;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Codec;
import org.ikebana.kernel.xfrm.struct.*;

/** Messages of all types whose members and attributes, known and unknown ones, are chosen at random. */
final class RandomMessages {
    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    XfrmMessage next() {
        return switch (random.nextInt(29)) {
            case 0 -> new XfrmMessage.NewSa(struct(XfrmUsersaInfo.SIZE, XfrmUsersaInfo::read), attributes());
            case 1 -> new XfrmMessage.UpdateSa(struct(XfrmUsersaInfo.SIZE, XfrmUsersaInfo::read), attributes());
            case 2 -> new XfrmMessage.DeleteSa(struct(XfrmUsersaId.SIZE, XfrmUsersaId::read), attributes());
            case 3 -> new XfrmMessage.GetSa(struct(XfrmUsersaId.SIZE, XfrmUsersaId::read), attributes());
            case 4 -> new XfrmMessage.DumpSa(attributes());
            case 5 -> new XfrmMessage.AllocSpi(struct(XfrmUserspiInfo.SIZE, XfrmUserspiInfo::read), attributes());
            case 6 ->
                new XfrmMessage.NewPolicy(struct(XfrmUserpolicyInfo.SIZE, XfrmUserpolicyInfo::read), attributes());
            case 7 ->
                new XfrmMessage.UpdatePolicy(struct(XfrmUserpolicyInfo.SIZE, XfrmUserpolicyInfo::read), attributes());
            case 8 -> new XfrmMessage.DeletePolicy(struct(XfrmUserpolicyId.SIZE, XfrmUserpolicyId::read), attributes());
            case 9 -> new XfrmMessage.GetPolicy(struct(XfrmUserpolicyId.SIZE, XfrmUserpolicyId::read), attributes());
            case 10 -> new XfrmMessage.DumpPolicy(attributes());
            case 11 -> new XfrmMessage.FlushSa(struct(XfrmUsersaFlush.SIZE, XfrmUsersaFlush::read), attributes());
            case 12 -> new XfrmMessage.FlushPolicy(attributes());
            case 13 -> new XfrmMessage.Acquire(struct(XfrmUserAcquire.SIZE, XfrmUserAcquire::read), attributes());
            case 14 -> new XfrmMessage.Expire(struct(XfrmUserExpire.SIZE, XfrmUserExpire::read), attributes());
            case 15 ->
                new XfrmMessage.PolicyExpire(struct(XfrmUserPolexpire.SIZE, XfrmUserPolexpire::read), attributes());
            case 16 -> new XfrmMessage.NewAe(struct(XfrmAeventId.SIZE, XfrmAeventId::read), attributes());
            case 17 -> new XfrmMessage.GetAe(struct(XfrmAeventId.SIZE, XfrmAeventId::read), attributes());
            case 18 -> new XfrmMessage.Report(struct(XfrmUserReport.SIZE, XfrmUserReport::read), attributes());
            case 19 -> new XfrmMessage.Migrate(struct(XfrmUserpolicyId.SIZE, XfrmUserpolicyId::read), attributes());
            case 20 -> new XfrmMessage.Mapping(struct(XfrmUserMapping.SIZE, XfrmUserMapping::read), attributes());
            case 21 -> new XfrmMessage.SetDefault(defaults(), attributes());
            case 22 -> new XfrmMessage.GetDefault(defaults(), attributes());
            case 23 -> new XfrmMessage.GetSadInfo(new FlagsWord(random.nextInt()), Attributes.NONE);
            case 24 -> new XfrmMessage.GetSpdInfo(new FlagsWord(random.nextInt()), Attributes.NONE);
            case 25 ->
                new XfrmMessage.NewSadInfo(
                        new FlagsWord(random.nextInt()),
                        Attributes.NONE
                                .with(XfrmaSad.CNT, random.nextInt())
                                .with(XfrmaSad.HINFO, struct(XfrmuSadhinfo.SIZE, XfrmuSadhinfo::read)));
            case 26 ->
                new XfrmMessage.NewSpdInfo(
                        new FlagsWord(random.nextInt()),
                        Attributes.NONE
                                .with(XfrmaSpd.INFO, struct(XfrmuSpdinfo.SIZE, XfrmuSpdinfo::read))
                                .with(XfrmaSpd.HINFO, struct(XfrmuSpdhinfo.SIZE, XfrmuSpdhinfo::read))
                                .with(XfrmaSpd.IPV6_HTHRESH, struct(XfrmuSpdhthresh.SIZE, XfrmuSpdhthresh::read)));
            case 27 ->
                new XfrmMessage.MigrateState(
                        struct(XfrmUserMigrateState.SIZE, XfrmUserMigrateState::read), attributes());
            default -> new XfrmMessage.Unknown(0x2a + random.nextInt(100), new RawOctets(octets(random.nextInt(100))));
        };
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    private Attributes attributes() {
        return new Attributes(Stream.generate(this::attribute)
                .limit(random.nextInt(5))
                .<Attribute<?>>map(a -> a)
                .toList());
    }

    private Attribute<?> attribute() {
        return switch (random.nextInt(25)) {
            case 0 -> Xfrma.ALG_CRYPT.of(XfrmAlgo.of(name(), key()));
            case 1 -> Xfrma.ALG_AUTH.of(XfrmAlgo.of(name(), key()));
            case 2 -> Xfrma.ALG_COMP.of(XfrmAlgo.of(name(), Secret.copyOf(new byte[0])));
            case 3 -> Xfrma.ALG_AEAD.of(XfrmAlgoAead.of(name(), random.nextInt(), key()));
            case 4 -> Xfrma.ALG_AUTH_TRUNC.of(XfrmAlgoAuth.of(name(), random.nextInt(), key()));
            case 5 -> Xfrma.ENCAP.of(struct(XfrmEncapTmpl.SIZE, XfrmEncapTmpl::read));
            case 6 -> Xfrma.TMPL.of(list(XfrmUserTmpl.SIZE, XfrmUserTmpl::read));
            case 7 -> Xfrma.SA.of(struct(XfrmUsersaInfo.SIZE, XfrmUsersaInfo::read));
            case 8 -> Xfrma.POLICY.of(struct(XfrmUserpolicyInfo.SIZE, XfrmUserpolicyInfo::read));
            case 9 -> Xfrma.SEC_CTX.of(new XfrmUserSecCtx(16, 8, 1, 1, octets(random.nextInt(40))));
            case 10 -> Xfrma.LTIME_VAL.of(struct(XfrmLifetimeCur.SIZE, XfrmLifetimeCur::read));
            case 11 -> Xfrma.REPLAY_VAL.of(struct(XfrmReplayState.SIZE, XfrmReplayState::read));
            case 12 -> Xfrma.REPLAY_ESN_VAL.of(replayState());
            case 13 -> Xfrma.SRCADDR.of(struct(XfrmAddress.SIZE, XfrmAddress::read));
            case 14 -> Xfrma.LASTUSED.of(random.nextLong());
            case 15 -> Xfrma.POLICY_TYPE.of(new XfrmUserpolicyType(random.nextInt(256)));
            case 16 -> Xfrma.MIGRATE.of(list(XfrmUserMigrate.SIZE, XfrmUserMigrate::read));
            case 17 -> Xfrma.KMADDRESS.of(struct(XfrmUserKmaddress.SIZE, XfrmUserKmaddress::read));
            case 18 -> Xfrma.MARK.of(struct(XfrmMark.SIZE, XfrmMark::read));
            case 19 -> Xfrma.IF_ID.of(random.nextInt());
            case 20 -> Xfrma.SA_DIR.of(random.nextInt(256));
            case 21 -> Xfrma.OFFLOAD_DEV.of(struct(XfrmUserOffload.SIZE, XfrmUserOffload::read));
            case 22 -> Xfrma.IPTFS_REORDER_WINDOW.of(random.nextInt(1 << 16));
            case 23 -> Xfrma.IPTFS_DONT_FRAG.of(octets(0));
            default -> AttributeType.unknown(42 + random.nextInt(1000)).of(octets(random.nextInt(30)));
        };
    }

    private XfrmReplayStateEsn replayState() {
        int words = random.nextInt(5);
        List<Integer> bmp = random.nextBoolean()
                ? List.of()
                : IntStream.generate(random::nextInt).limit(words).boxed().toList();
        return new XfrmReplayStateEsn(
                words, random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(), words * 32, bmp);
    }

    private XfrmUserpolicyDefault defaults() {
        return new XfrmUserpolicyDefault(random.nextInt(3), random.nextInt(3), random.nextInt(3));
    }

    private <T> T struct(int size, Codec.Reader<T> reader) {
        try {
            return reader.read(CStruct.of(octets(size)));
        } catch (org.ikebana.kernel.netlink.NetlinkFormatException e) {
            throw new AssertionError(e);
        }
    }

    private <T> List<T> list(int size, Codec.Reader<T> reader) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.add(struct(size, reader));
        }
        return list;
    }

    private String name() {
        return "rfc" + random.nextInt(10000) + "(gcm(aes))";
    }

    private Secret key() {
        return Secret.wrap(octets(random.nextInt(65)).toByteArray());
    }

    private Octets octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Octets.wrap(octets);
    }
}
