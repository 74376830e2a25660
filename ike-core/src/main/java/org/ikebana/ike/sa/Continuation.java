package org.ikebana.ike.sa;

import org.ikebana.ike.task.ChildRequest;

/** How IKE_AUTH goes on when what it waits for outside is there. Of the first two methods one is called, once. */
interface Continuation {
    void goOn();

    /** The IKE SA ends before: wipe and free what is held for it. */
    void abandon();

    /** False where there is no room for further children yet. */
    boolean addChild(ChildRequest request);

    /** Whether both sides have proved all that they have to. */
    boolean isLast();
}
