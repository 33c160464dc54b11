package porthole.cli.conformance;

import porthole.fixtures.RlgrEncoder;

/** A compressor of RDP 8.0 (MS-RDPEGFX 3.1.9.1.2) that knows literals and repetitions of the last few octets. */
final class Zgfx {
    private static final int DISTANCE = 4;

    private Zgfx() {}

    /** One segment. */
    static byte[] compress(byte[] plain) {
        RlgrEncoder bits = new RlgrEncoder();
        int count = 0;
        for (int at = 0; at < plain.length; ) {
            int length = repetition(plain, at);
            if (length >= 3) {
                bits.bits(0b10001, 5); // a distance below 32
                bits.bits(DISTANCE, 5);
                count += 10 + length(bits, length);
                at += length;
            } else {
                bits.bits(0, 1);
                bits.bits(plain[at++] & 0xFF, 8);
                count += 9;
            }
        }
        int unused = (8 - count % 8) % 8;
        return new Octets().u8(0xE0, 0x24).raw(bits.finish()).u8(unused).done();
    }

    private static int repetition(byte[] plain, int at) {
        int length = 0;
        while (at >= DISTANCE && at + length < plain.length && plain[at + length] == plain[at + length - DISTANCE]) {
            length++;
        }
        return length;
    }

    private static int length(RlgrEncoder bits, int length) {
        if (length == 3) {
            bits.bit(0);
            return 1;
        }
        int size = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length);
        for (int i = 0; i < size - 1; i++) {
            bits.bit(1);
        }
        bits.bit(0);
        bits.bits(length & (1 << size) - 1, size);
        return 2 * size;
    }
}
