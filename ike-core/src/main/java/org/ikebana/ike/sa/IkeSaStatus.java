package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.task.NatStatus;
import org.ikebana.ike.task.Role;

/**
 * An IKE SA at one moment, for people and programs.
 *
 * @param localId empty, as {@code remoteId}, {@code suite} and {@code age}, until it is established
 * @param suite of IKE
 * @param age since it was established, by IKE_AUTH or by a rekey
 * @param untilRekey empty where none is to come
 * @param untilReauthentication likewise
 */
public record IkeSaStatus(
        IkeSaName name,
        Stage stage,
        IkeSaId id,
        Endpoints endpoints,
        NatStatus nat,
        Optional<Identity> localId,
        Optional<Identity> remoteId,
        Optional<Suite> suite,
        Optional<Duration> age,
        Optional<Duration> untilRekey,
        Optional<Duration> untilReauthentication,
        List<ChildSaStatus> children) {
    /** How far it has come. */
    public enum Stage {
        CONNECTING,
        ESTABLISHED,
        /** Another one goes on in its place. */
        REKEYED,
        DELETING
    }

    public IkeSaStatus {
        children = List.copyOf(children);
    }

    /** Our role in the exchange that has made this one. */
    public boolean isInitiator() {
        return id.role() == Role.INITIATOR;
    }

    public IkeSaStatus with(List<ChildSaStatus> others) {
        return with(stage, others);
    }

    public IkeSaStatus with(Stage other) {
        return with(other, children);
    }

    private IkeSaStatus with(Stage otherStage, List<ChildSaStatus> others) {
        return new IkeSaStatus(
                name,
                otherStage,
                id,
                endpoints,
                nat,
                localId,
                remoteId,
                suite,
                age,
                untilRekey,
                untilReauthentication,
                others);
    }
}
