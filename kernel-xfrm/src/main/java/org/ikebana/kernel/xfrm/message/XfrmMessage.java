package org.ikebana.kernel.xfrm.message;

import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkPayload;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.xfrm.struct.XfrmAeventId;
import org.ikebana.kernel.xfrm.struct.XfrmUserAcquire;
import org.ikebana.kernel.xfrm.struct.XfrmUserExpire;
import org.ikebana.kernel.xfrm.struct.XfrmUserMapping;
import org.ikebana.kernel.xfrm.struct.XfrmUserMigrateState;
import org.ikebana.kernel.xfrm.struct.XfrmUserPolexpire;
import org.ikebana.kernel.xfrm.struct.XfrmUserReport;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyDefault;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyId;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaFlush;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaId;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;
import org.ikebana.kernel.xfrm.struct.XfrmUserspiInfo;

/** A message of NETLINK_XFRM. */
public sealed interface XfrmMessage extends NetlinkPayload {
    /** One that is answered, where all others are acknowledged. */
    sealed interface Query extends XfrmMessage {
        @Override
        default NetlinkRequest request() {
            return NetlinkRequest.query(this);
        }
    }

    /** Adds an SA; also the answer to a query, and the report of one. */
    record NewSa(XfrmUsersaInfo body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.NEWSA;
        }
    }

    /** Completes an SA that was reserved, or changes limits and encapsulation of a complete one. */
    record UpdateSa(XfrmUsersaInfo body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.UPDSA;
        }
    }

    /** Removes an SA. */
    record DeleteSa(XfrmUsersaId body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.DELSA;
        }
    }

    /** Asks for an SA; the answer carries its keys. */
    record GetSa(XfrmUsersaId body, Attributes attributes) implements Query {
        @Override
        public int type() {
            return XfrmMsg.GETSA;
        }
    }

    /** Asks for all SAs, or those that {@link Xfrma#PROTO} and {@link Xfrma#ADDRESS_FILTER} choose. */
    record DumpSa(Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.GETSA;
        }

        @Override
        public NetlinkRequest request() {
            return NetlinkRequest.dump(this);
        }
    }

    /** Reserves an SPI for an SA to come; answered by {@link NewSa}. */
    record AllocSpi(XfrmUserspiInfo body, Attributes attributes) implements Query {
        @Override
        public int type() {
            return XfrmMsg.ALLOCSPI;
        }
    }

    /** Adds a policy; also the answer to a query. */
    record NewPolicy(XfrmUserpolicyInfo body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.NEWPOLICY;
        }
    }

    /** Adds a policy or replaces the one with its selector, direction, mark and interface ID. */
    record UpdatePolicy(XfrmUserpolicyInfo body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.UPDPOLICY;
        }
    }

    /** Removes a policy. */
    record DeletePolicy(XfrmUserpolicyId body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.DELPOLICY;
        }
    }

    /** Asks for a policy. */
    record GetPolicy(XfrmUserpolicyId body, Attributes attributes) implements Query {
        @Override
        public int type() {
            return XfrmMsg.GETPOLICY;
        }
    }

    /** Asks for all policies, those of sockets included. */
    record DumpPolicy(Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.GETPOLICY;
        }

        @Override
        public NetlinkRequest request() {
            return NetlinkRequest.dump(this);
        }
    }

    /** Removes all SAs of a protocol, whoever made them. */
    record FlushSa(XfrmUsersaFlush body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.FLUSHSA;
        }
    }

    /** Removes all policies, whoever made them. */
    record FlushPolicy(Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.FLUSHPOLICY;
        }
    }

    /** The kernel wants an SA for a packet. */
    record Acquire(XfrmUserAcquire body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.ACQUIRE;
        }
    }

    /** A limit of an SA is reached. */
    record Expire(XfrmUserExpire body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.EXPIRE;
        }
    }

    /** A limit of a policy is reached. */
    record PolicyExpire(XfrmUserPolexpire body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.POLEXPIRE;
        }
    }

    /** Sets or reports replay state and counters of an SA. */
    record NewAe(XfrmAeventId body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.NEWAE;
        }

        /** The kernel takes it only as what replaces. */
        @Override
        public NetlinkRequest request() {
            return NetlinkRequest.change(this, Netlink.NLM_F_REPLACE);
        }
    }

    /** Asks for replay state and counters of an SA. */
    record GetAe(XfrmAeventId body, Attributes attributes) implements Query {
        @Override
        public int type() {
            return XfrmMsg.GETAE;
        }
    }

    /** A packet was not what an extension header of it says (Mobile IPv6). */
    record Report(XfrmUserReport body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.REPORT;
        }
    }

    /** Moves the SAs and templates of a policy to other addresses. */
    record Migrate(XfrmUserpolicyId body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.MIGRATE;
        }
    }

    /**
     * Moves one SA to other addresses, ports or another reqid, in one step. In headers since Linux 7.2; other kernels answer
     * EINVAL.
     */
    record MigrateState(XfrmUserMigrateState body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.MIGRATE_STATE;
        }
    }

    /** How many SAs there are; attributes of {@link XfrmaSad}. */
    record NewSadInfo(FlagsWord body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.NEWSADINFO;
        }
    }

    /** Asks how many SAs there are. */
    record GetSadInfo(FlagsWord body, Attributes attributes) implements Query {
        @Override
        public int type() {
            return XfrmMsg.GETSADINFO;
        }
    }

    /** How many policies there are and how they are hashed, or sets the latter; attributes of {@link XfrmaSpd}. */
    record NewSpdInfo(FlagsWord body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.NEWSPDINFO;
        }
    }

    /** Asks how many policies there are. */
    record GetSpdInfo(FlagsWord body, Attributes attributes) implements Query {
        @Override
        public int type() {
            return XfrmMsg.GETSPDINFO;
        }
    }

    /** ESP in UDP came from another address or port than before. */
    record Mapping(XfrmUserMapping body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.MAPPING;
        }
    }

    /** What happens to packets that no policy matches. */
    record SetDefault(XfrmUserpolicyDefault body, Attributes attributes) implements XfrmMessage {
        @Override
        public int type() {
            return XfrmMsg.SETDEFAULT;
        }
    }

    /** Asks what happens to packets that no policy matches. */
    record GetDefault(XfrmUserpolicyDefault body, Attributes attributes) implements Query {
        @Override
        public int type() {
            return XfrmMsg.GETDEFAULT;
        }
    }

    /** A message of a type that this program does not know. */
    record Unknown(int type, RawOctets body) implements XfrmMessage {}

    /** This message as it is to be sent. */
    default NetlinkRequest request() {
        return NetlinkRequest.change(this);
    }
}
