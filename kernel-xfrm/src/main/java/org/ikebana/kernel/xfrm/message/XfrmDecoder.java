package org.ikebana.kernel.xfrm.message;

import static org.ikebana.kernel.xfrm.message.XfrmMsg.*;

import java.util.function.BiFunction;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Codec;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.Struct;
import org.ikebana.kernel.xfrm.message.XfrmMessage.*;
import org.ikebana.kernel.xfrm.struct.*;

/** Reads the messages of NETLINK_XFRM. */
public final class XfrmDecoder {
    private XfrmDecoder() {}

    /** Attributes and messages of unknown type are kept as octets. */
    public static XfrmMessage decode(NetlinkMessage message) throws NetlinkFormatException {
        CStruct payload = message.payload();
        return switch (message.header().type()) {
            case NEWSA -> read(payload, XfrmUsersaInfo.SIZE, XfrmUsersaInfo::read, NewSa::new);
            case UPDSA -> read(payload, XfrmUsersaInfo.SIZE, XfrmUsersaInfo::read, UpdateSa::new);
            case DELSA -> read(payload, XfrmUsersaId.SIZE, XfrmUsersaId::read, DeleteSa::new);
            case GETSA ->
                isDump(message)
                        ? new DumpSa(Attributes.read(payload, Xfrma.TABLE))
                        : read(payload, XfrmUsersaId.SIZE, XfrmUsersaId::read, GetSa::new);
            case ALLOCSPI -> read(payload, XfrmUserspiInfo.SIZE, XfrmUserspiInfo::read, AllocSpi::new);
            case NEWPOLICY -> read(payload, XfrmUserpolicyInfo.SIZE, XfrmUserpolicyInfo::read, NewPolicy::new);
            case UPDPOLICY -> read(payload, XfrmUserpolicyInfo.SIZE, XfrmUserpolicyInfo::read, UpdatePolicy::new);
            case DELPOLICY -> read(payload, XfrmUserpolicyId.SIZE, XfrmUserpolicyId::read, DeletePolicy::new);
            case GETPOLICY ->
                isDump(message)
                        ? new DumpPolicy(Attributes.read(payload, Xfrma.TABLE))
                        : read(payload, XfrmUserpolicyId.SIZE, XfrmUserpolicyId::read, GetPolicy::new);
            case FLUSHSA -> read(payload, XfrmUsersaFlush.SIZE, XfrmUsersaFlush::read, FlushSa::new);
            case FLUSHPOLICY -> new FlushPolicy(Attributes.read(payload, Xfrma.TABLE));
            case ACQUIRE -> read(payload, XfrmUserAcquire.SIZE, XfrmUserAcquire::read, Acquire::new);
            case EXPIRE -> read(payload, XfrmUserExpire.SIZE, XfrmUserExpire::read, Expire::new);
            case POLEXPIRE -> read(payload, XfrmUserPolexpire.SIZE, XfrmUserPolexpire::read, PolicyExpire::new);
            case NEWAE -> read(payload, XfrmAeventId.SIZE, XfrmAeventId::read, NewAe::new);
            case GETAE -> read(payload, XfrmAeventId.SIZE, XfrmAeventId::read, GetAe::new);
            case REPORT -> read(payload, XfrmUserReport.SIZE, XfrmUserReport::read, Report::new);
            case MIGRATE -> read(payload, XfrmUserpolicyId.SIZE, XfrmUserpolicyId::read, Migrate::new);
            case MIGRATE_STATE ->
                read(payload, XfrmUserMigrateState.SIZE, XfrmUserMigrateState::read, MigrateState::new);
            case NEWSADINFO -> read(payload, XfrmaSad.TABLE, FlagsWord.SIZE, FlagsWord::read, NewSadInfo::new);
            case GETSADINFO -> read(payload, XfrmaSad.TABLE, FlagsWord.SIZE, FlagsWord::read, GetSadInfo::new);
            case NEWSPDINFO -> read(payload, XfrmaSpd.TABLE, FlagsWord.SIZE, FlagsWord::read, NewSpdInfo::new);
            case GETSPDINFO -> read(payload, XfrmaSpd.TABLE, FlagsWord.SIZE, FlagsWord::read, GetSpdInfo::new);
            case MAPPING -> read(payload, XfrmUserMapping.SIZE, XfrmUserMapping::read, Mapping::new);
            case SETDEFAULT -> read(payload, XfrmUserpolicyDefault.SIZE, XfrmUserpolicyDefault::read, SetDefault::new);
            case GETDEFAULT -> read(payload, XfrmUserpolicyDefault.SIZE, XfrmUserpolicyDefault::read, GetDefault::new);
            default -> new Unknown(message.header().type(), new RawOctets(payload.octets(0, payload.size())));
        };
    }

    private static boolean isDump(NetlinkMessage message) {
        return (message.header().flags() & Netlink.NLM_F_DUMP) == Netlink.NLM_F_DUMP;
    }

    private static <B extends Struct> XfrmMessage read(
            CStruct payload, int bodySize, Codec.Reader<B> reader, BiFunction<B, Attributes, XfrmMessage> message)
            throws NetlinkFormatException {
        return read(payload, Xfrma.TABLE, bodySize, reader, message);
    }

    private static <B extends Struct> XfrmMessage read(
            CStruct payload,
            AttributeType.Table table,
            int bodySize,
            Codec.Reader<B> reader,
            BiFunction<B, Attributes, XfrmMessage> message)
            throws NetlinkFormatException {
        B body = reader.read(payload.member(0, bodySize));
        return message.apply(body, Attributes.read(payload.after(bodySize), table));
    }
}
