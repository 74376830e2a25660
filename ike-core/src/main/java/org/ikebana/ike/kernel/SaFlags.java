package org.ikebana.ike.kernel;

/**
 * How an SA treats outer headers.
 *
 * @param copyDf the inner DF bit is copied outwards ({@code copy_df})
 * @param copyEcn the ECN bits are carried over ({@code copy_ecn})
 * @param copyDscpOut the inner DSCP is copied outwards when sending
 * @param copyDscpIn the outer DSCP is copied inwards when receiving
 */
public record SaFlags(boolean copyDf, boolean copyEcn, boolean copyDscpOut, boolean copyDscpIn) {
    /** strongSwan's defaults: DF, ECN, and DSCP outwards. */
    public static final SaFlags DEFAULT = new SaFlags(true, true, true, false);
}
