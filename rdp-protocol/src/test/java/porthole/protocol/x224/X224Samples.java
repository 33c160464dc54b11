package porthole.protocol.x224;

/** Puts the outer lengths of a changed frame right, so that a test reaches what lies within. */
final class X224Samples {
    private X224Samples() {}

    /** The TPKT length, and the length indicator of the TPDU. */
    static byte[] relength(byte[] frame) {
        byte[] fixed = frame.clone();
        if (fixed.length >= 5) {
            fixed[2] = (byte) (fixed.length >> 8);
            fixed[3] = (byte) fixed.length;
            fixed[4] = (byte) (fixed.length - 5);
        }
        return fixed;
    }
}
