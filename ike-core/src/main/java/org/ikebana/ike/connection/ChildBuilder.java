package org.ikebana.ike.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.wire.ProtocolId;

/** Makes a {@link ChildConfig}, from strongSwan's defaults or from another one. */
public final class ChildBuilder {
    private String name;
    private List<SelectorSpec> localSelectors = List.of(new SelectorSpec.Dynamic(0, 0, 65535));
    private List<SelectorSpec> remoteSelectors = List.of(new SelectorSpec.Dynamic(0, 0, 65535));
    private List<Proposal> proposals = ProposalSyntax.defaults(ProtocolId.ESP);
    private boolean sha256At96 = false;
    private SaMode mode = SaMode.TUNNEL;
    private Optional<Policy.Action> shunt = Optional.empty();
    private StartAction startAction = StartAction.NONE;
    private StartAction closeAction = StartAction.NONE;
    private StartAction dpdAction = StartAction.NONE;
    private Duration rekeyTime = Duration.ofHours(1);
    private Duration randTime = Duration.ofMinutes(6);
    private Lifetimes lifetimes = new Lifetimes(3600, 3960, 0, 0, 0, 0);
    private Duration inactivity = Duration.ZERO;
    private long randBytes = 0;
    private long randPackets = 0;
    private int replayWindow = 32;
    private int tfcPadding = 0;
    private int reqid = 0;
    private int priority = 0;
    private PolicyOptions policies = PolicyOptions.DEFAULT;
    private Mark markIn = Mark.NONE;
    private boolean markInSa = false;
    private Mark markOut = Mark.NONE;
    private Mark setMarkIn = Mark.NONE;
    private Mark setMarkOut = Mark.NONE;
    private Optional<SaOptions.Offload> offload = Optional.empty();
    private int ifIdIn = 0;
    private int ifIdOut = 0;
    private SaFlags flags = SaFlags.DEFAULT;
    private String updown = "";
    private boolean hostAccess = false;
    private Map<String, SourceRef> places = Map.of();

    ChildBuilder(String name) {
        this.name = name;
    }

    ChildBuilder(ChildConfig usual) {
        name = usual.name();
        localSelectors = usual.localSelectors();
        remoteSelectors = usual.remoteSelectors();
        proposals = usual.proposals();
        sha256At96 = usual.sha256At96();
        mode = usual.mode();
        shunt = usual.shunt();
        startAction = usual.startAction();
        closeAction = usual.closeAction();
        dpdAction = usual.dpdAction();
        rekeyTime = usual.rekeyTime();
        randTime = usual.randTime();
        lifetimes = usual.lifetimes();
        inactivity = usual.inactivity();
        randBytes = usual.randBytes();
        randPackets = usual.randPackets();
        replayWindow = usual.replayWindow();
        tfcPadding = usual.tfcPadding();
        reqid = usual.reqid();
        priority = usual.priority();
        policies = usual.policies();
        markIn = usual.markIn();
        markInSa = usual.markInSa();
        markOut = usual.markOut();
        setMarkIn = usual.setMarkIn();
        setMarkOut = usual.setMarkOut();
        offload = usual.offload();
        ifIdIn = usual.ifIdIn();
        ifIdOut = usual.ifIdOut();
        flags = usual.flags();
        updown = usual.updown();
        hostAccess = usual.hostAccess();
        places = usual.places();
    }

    public ChildBuilder name(String value) {
        name = value;
        return this;
    }

    public ChildBuilder localSelectors(List<SelectorSpec> value) {
        localSelectors = value;
        return this;
    }

    public ChildBuilder remoteSelectors(List<SelectorSpec> value) {
        remoteSelectors = value;
        return this;
    }

    public ChildBuilder proposals(List<Proposal> value) {
        proposals = value;
        return this;
    }

    public ChildBuilder mode(SaMode value) {
        mode = value;
        return this;
    }

    public ChildBuilder shunt(Optional<Policy.Action> value) {
        shunt = value;
        return this;
    }

    public ChildBuilder startAction(StartAction value) {
        startAction = value;
        return this;
    }

    public ChildBuilder closeAction(StartAction value) {
        closeAction = value;
        return this;
    }

    public ChildBuilder dpdAction(StartAction value) {
        dpdAction = value;
        return this;
    }

    public ChildBuilder rekeyTime(Duration value) {
        rekeyTime = value;
        return this;
    }

    public ChildBuilder randTime(Duration value) {
        randTime = value;
        return this;
    }

    public ChildBuilder lifetimes(Lifetimes value) {
        lifetimes = value;
        return this;
    }

    public ChildBuilder randBytes(long value) {
        randBytes = value;
        return this;
    }

    public ChildBuilder randPackets(long value) {
        randPackets = value;
        return this;
    }

    public ChildBuilder replayWindow(int value) {
        replayWindow = value;
        return this;
    }

    public ChildBuilder tfcPadding(int value) {
        tfcPadding = value;
        return this;
    }

    public ChildBuilder reqid(int value) {
        reqid = value;
        return this;
    }

    public ChildBuilder priority(int value) {
        priority = value;
        return this;
    }

    public ChildBuilder policies(PolicyOptions value) {
        policies = value;
        return this;
    }

    public ChildBuilder markIn(Mark value) {
        markIn = value;
        return this;
    }

    public ChildBuilder markOut(Mark value) {
        markOut = value;
        return this;
    }

    public ChildBuilder ifIdIn(int value) {
        ifIdIn = value;
        return this;
    }

    public ChildBuilder ifIdOut(int value) {
        ifIdOut = value;
        return this;
    }

    public ChildBuilder setMarkIn(Mark value) {
        setMarkIn = value;
        return this;
    }

    public ChildBuilder setMarkOut(Mark value) {
        setMarkOut = value;
        return this;
    }

    public ChildBuilder offload(Optional<SaOptions.Offload> value) {
        offload = value;
        return this;
    }

    public ChildBuilder flags(SaFlags value) {
        flags = value;
        return this;
    }

    public ChildBuilder updown(String value) {
        updown = value;
        return this;
    }

    public ChildBuilder inactivity(Duration value) {
        inactivity = value;
        return this;
    }

    public ChildBuilder sha256At96(boolean value) {
        sha256At96 = value;
        return this;
    }

    public ChildBuilder markInSa(boolean value) {
        markInSa = value;
        return this;
    }

    public ChildBuilder hostAccess(boolean value) {
        hostAccess = value;
        return this;
    }

    public ChildBuilder places(Map<String, SourceRef> value) {
        places = value;
        return this;
    }

    public ChildConfig build() {
        return new ChildConfig(
                name,
                localSelectors,
                remoteSelectors,
                proposals,
                sha256At96,
                mode,
                shunt,
                startAction,
                closeAction,
                dpdAction,
                rekeyTime,
                randTime,
                lifetimes,
                inactivity,
                randBytes,
                randPackets,
                replayWindow,
                tfcPadding,
                reqid,
                priority,
                policies,
                markIn,
                markInSa,
                markOut,
                setMarkIn,
                setMarkOut,
                ifIdIn,
                ifIdOut,
                offload,
                flags,
                updown,
                hostAccess,
                places);
    }
}
