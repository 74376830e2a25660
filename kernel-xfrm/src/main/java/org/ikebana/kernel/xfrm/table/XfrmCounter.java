package org.ikebana.kernel.xfrm.table;

import java.util.Arrays;
import java.util.Optional;

/** The counters of /proc/net/xfrm_stat: each packet that IPsec drops is counted by one (Documentation/networking/xfrm_proc.rst). */
public enum XfrmCounter {
    IN_ERROR("XfrmInError", "any other error on receipt", "look into the kernel's log"),
    IN_BUFFER_ERROR("XfrmInBufferError", "no memory for the packet", "free memory"),
    IN_HDR_ERROR("XfrmInHdrError", "the ESP or AH header is broken", "look for what damages packets on the path"),
    IN_NO_STATES(
            "XfrmInNoStates",
            "no SA has the packet's SPI, protocol and destination",
            "the peer uses an SA that is gone here, or its mark differs: compare the SPIs of both ends"),
    IN_STATE_PROTO_ERROR(
            "XfrmInStateProtoError",
            "decryption or integrity check failed",
            "compare keys and algorithms of both ends, above all the truncation of hmac(sha256)"),
    IN_STATE_MODE_ERROR(
            "XfrmInStateModeError",
            "the inner packet does not suit the mode",
            "tunnel or transport mode must be the same at both ends"),
    IN_STATE_SEQ_ERROR(
            "XfrmInStateSeqError",
            "the sequence number is repeated or behind the replay window",
            "raise replay_window if the path reorders packets"),
    IN_STATE_EXPIRED("XfrmInStateExpired", "the SA is expired", "have it rekeyed earlier"),
    IN_STATE_MISMATCH(
            "XfrmInStateMismatch",
            "the packet is not one of those that its SA is for, or came in or without UDP where the SA has the other",
            "compare selectors and encapsulation of both ends"),
    IN_STATE_INVALID("XfrmInStateInvalid", "the SA is not complete or is going", "wait for the negotiation to end"),
    IN_TMPL_MISMATCH(
            "XfrmInTmplMismatch",
            "a policy asks for IPsec, and the packet did not come through the SAs of its templates",
            "the peer sends in clear, or through an SA of another reqid or mode"),
    IN_NO_POLS(
            "XfrmInNoPols",
            "the packet came through a tunnel, and no policy allows that",
            "add an in or fwd policy, or narrow what the peer sends"),
    IN_POL_BLOCK("XfrmInPolBlock", "a policy drops the packet", "remove the policy if it should not"),
    IN_POL_ERROR("XfrmInPolError", "the policy could not be looked up", "look into the kernel's log"),
    ACQUIRE_ERROR(
            "XfrmAcquireError",
            "the packet waited for an SA that did not come in time",
            "see the daemon's log for why, or raise net.core.xfrm_acq_expires"),
    FWD_HDR_ERROR("XfrmFwdHdrError", "a forwarded packet could not be read", "look for what damages packets"),
    OUT_ERROR("XfrmOutError", "any other error on sending", "look into the kernel's log"),
    OUT_BUNDLE_GEN_ERROR("XfrmOutBundleGenError", "no way to the outer address", "see ip route get"),
    OUT_BUNDLE_CHECK_ERROR("XfrmOutBundleCheckError", "the way to the outer address went", "see ip route get"),
    OUT_NO_STATES(
            "XfrmOutNoStates",
            "a policy asks for IPsec, and there is no SA for it",
            "see the daemon's log for why there is none; the first packets of a tunnel on demand are counted here too"),
    OUT_STATE_PROTO_ERROR("XfrmOutStateProtoError", "encryption failed", "look into the kernel's log"),
    OUT_STATE_MODE_ERROR(
            "XfrmOutStateModeError", "the packet does not suit the mode, or is too long for it", "see the MTU"),
    OUT_STATE_SEQ_ERROR(
            "XfrmOutStateSeqError", "the sequence numbers are used up", "rekey; let rekey_packets or esn keep it away"),
    OUT_STATE_EXPIRED("XfrmOutStateExpired", "the SA is expired", "have it rekeyed earlier"),
    OUT_STATE_INVALID("XfrmOutStateInvalid", "the SA is not complete or is going", "wait for the negotiation to end"),
    OUT_POL_BLOCK("XfrmOutPolBlock", "a policy drops the packet", "remove the policy if it should not"),
    OUT_POL_DEAD("XfrmOutPolDead", "the policy is going", "try again"),
    OUT_POL_ERROR("XfrmOutPolError", "the policy could not be applied", "look into the kernel's log"),
    OUT_STATE_DIR_ERROR("XfrmOutStateDirError", "an SA for receipt was to send", "give the SA the other direction"),
    IN_STATE_DIR_ERROR(
            "XfrmInStateDirError", "a packet came for an SA that only sends", "compare the SPIs of both ends"),
    IN_IPTFS_ERROR("XfrmInIptfsError", "the IP-TFS payload is broken", "compare the mode of both ends"),
    OUT_NO_QUEUE_SPACE("XfrmOutNoQueueSpace", "the queue of IP-TFS is full", "raise its size or send less");

    private final String label;
    private final String meaning;
    private final String remedy;

    XfrmCounter(String label, String meaning, String remedy) {
        this.label = label;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** As the kernel spells it. */
    public String label() {
        return label;
    }

    /** Which packets it counts. */
    public String meaning() {
        return meaning;
    }

    /** What to look at when it rises. */
    public String remedy() {
        return remedy;
    }

    /** Empty for one that a later kernel has. */
    public static Optional<XfrmCounter> labelled(String label) {
        return Arrays.stream(values()).filter(c -> c.label.equals(label)).findFirst();
    }
}
