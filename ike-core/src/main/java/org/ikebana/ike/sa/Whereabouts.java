package org.ikebana.ike.sa;

import java.util.List;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.MoveCause;

/** Where an IKE SA's messages go, and where its children's packets go, which may follow a little later. */
final class Whereabouts {
    private final IkeSa sa;
    private final SaServices services;
    private Path path;
    private Path childrensPath;

    Whereabouts(IkeSa sa, SaServices services, Path path) {
        this.sa = sa;
        this.services = services;
        this.path = path;
        this.childrensPath = path;
    }

    Path path() {
        return path;
    }

    Path childrensPath() {
        return childrensPath;
    }

    /** Before there are children. */
    void begin(Path first) {
        path = first;
        childrensPath = first;
    }

    /** Messages go this way from now on. */
    void redirect(Path next) {
        path = next;
    }

    /** A rekeyed IKE SA has the children from now on, wherever they are. */
    void takeOver(Whereabouts before) {
        path = before.path;
        childrensPath = before.childrensPath;
    }

    /** The children go the way of the messages. Those that do not move are closed, and made anew. */
    void follow(MoveCause cause) {
        Path before = childrensPath;
        if (before.equals(path)) {
            return;
        }
        childrensPath = path;
        List<ChildSa> left = before.carriesAs(path) ? List.of() : sa.children().move(path);
        boolean isElsewhere =
                !before.endpoints().equals(path.endpoints()) || before.encapsulates() != path.encapsulates();
        if (isElsewhere) {
            services.environment()
                    .emit(new IkeEvent.IkeSaMoved(
                            sa.name(),
                            before.local(),
                            before.remote(),
                            path.local(),
                            path.remote(),
                            path.encapsulates(),
                            cause));
        }
        left.forEach(this::close);
    }

    /** The reconciler makes one anew that was at work. */
    private void close(ChildSa left) {
        if (sa.children().isAtWork(left) && sa.position() instanceof Established established) {
            boolean isBound = !new ChildMove(left, childrensPath).isPossible();
            established.deleteChild(left, isBound ? CloseCause.MOVED : CloseCause.FAILED);
        } else {
            sa.children().drop(left);
        }
    }
}
