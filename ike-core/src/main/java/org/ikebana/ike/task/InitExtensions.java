package org.ikebana.ike.task;

/**
 * What both ends have said in IKE_SA_INIT that they support. It holds for the IKE SAs that come of it by rekeying, too.
 *
 * @param fragments RFC 7383
 * @param intermediate IKE_INTERMEDIATE exchanges before IKE_AUTH (RFC 9242)
 * @param childless the responder takes an IKE_AUTH without a child SA (RFC 6023)
 * @param ppk where a post-quantum preshared key comes in
 * @param signatures how the peer can be convinced (RFC 7427, RFC 9593)
 * @param multipleAuth the responder takes several authentications (RFC 4739)
 * @param methodsLater how the responder can be convinced it says in an IKE_INTERMEDIATE exchange (RFC 9593 3.1)
 */
public record InitExtensions(
        FragmentUse fragments,
        boolean intermediate,
        boolean childless,
        PpkUse ppk,
        PeerSignatures signatures,
        boolean methodsLater,
        boolean multipleAuth) {
    /** Plain RFC 7296. */
    public static final InitExtensions NONE =
            new InitExtensions(FragmentUse.NONE, false, false, PpkUse.NONE, PeerSignatures.NONE, false, false);

    InitExtensions with(PeerSignatures other) {
        return new InitExtensions(fragments, intermediate, childless, ppk, other, methodsLater, multipleAuth);
    }
}
