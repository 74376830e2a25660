package org.ikebana.kernel.xfrm;

import org.junit.jupiter.api.Tag;

/** The whole contract, SAs included: run inside a kernel that has ESP by {@code integration-tests/rig/in-real-kernel}. */
@Tag("realkernel")
class XfrmBackendEspTest extends XfrmBackendTest {}
