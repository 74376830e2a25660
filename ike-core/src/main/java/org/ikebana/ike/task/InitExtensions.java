package org.ikebana.ike.task;

/**
 * What both ends have said in IKE_SA_INIT that they support. It holds for the IKE SAs that come of it by rekeying, too.
 *
 * @param fragments RFC 7383
 * @param intermediate IKE_INTERMEDIATE exchanges before IKE_AUTH (RFC 9242)
 * @param childless the responder takes an IKE_AUTH without a child SA (RFC 6023)
 * @param ppk where a post-quantum preshared key comes in
 * @param signatures what the peer can verify (RFC 7427)
 */
public record InitExtensions(
        FragmentUse fragments, boolean intermediate, boolean childless, PpkUse ppk, PeerSignatures signatures) {
    /** Plain RFC 7296. */
    public static final InitExtensions NONE =
            new InitExtensions(FragmentUse.NONE, false, false, PpkUse.NONE, PeerSignatures.NONE);
}
