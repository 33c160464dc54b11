package porthole.protocol.ntlm;

/** RFC 1320: the digest that NT password hashes are made with, which the JDK does not have. */
final class Md4 {
    private static final int BLOCK = 64;
    private static final int ROUND_2 = 0x5A827999;
    private static final int ROUND_3 = 0x6ED9EBA1;
    private static final int[] SHIFTS_1 = {3, 7, 11, 19};
    private static final int[] SHIFTS_2 = {3, 5, 9, 13};
    private static final int[] SHIFTS_3 = {3, 9, 11, 15};
    private static final int[] ORDER_3 = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

    private Md4() {}

    /** The 16 octets of the digest. */
    static byte[] digest(byte[] message) {
        byte[] padded = padded(message);
        int[] state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
        for (int at = 0; at < padded.length; at += BLOCK) {
            block(padded, at, state);
        }
        byte[] digest = new byte[16];
        for (int i = 0; i < 16; i++) {
            digest[i] = (byte) (state[i / 4] >>> 8 * (i % 4));
        }
        return digest;
    }

    private static byte[] padded(byte[] message) {
        byte[] padded = new byte[(message.length + 8) / BLOCK * BLOCK + BLOCK];
        System.arraycopy(message, 0, padded, 0, message.length);
        padded[message.length] = (byte) 0x80;
        long bits = 8L * message.length;
        for (int i = 0; i < 8; i++) {
            padded[padded.length - 8 + i] = (byte) (bits >>> 8 * i);
        }
        return padded;
    }

    private static void block(byte[] padded, int at, int[] state) {
        int[] x = new int[16];
        for (int i = 0; i < BLOCK; i++) {
            x[i / 4] |= (padded[at + i] & 0xFF) << 8 * (i % 4);
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int step = 0; step < 48; step++) {
            int i = step % 16;
            int mixed = switch (step / 16) {
                case 0 -> Integer.rotateLeft(a + (b & c | ~b & d) + x[i], SHIFTS_1[i % 4]);
                case 1 ->
                    Integer.rotateLeft(a + (b & c | b & d | c & d) + x[i % 4 * 4 + i / 4] + ROUND_2, SHIFTS_2[i % 4]);
                default -> Integer.rotateLeft(a + (b ^ c ^ d) + x[ORDER_3[i]] + ROUND_3, SHIFTS_3[i % 4]);
            };
            a = d;
            d = c;
            c = b;
            b = mixed;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
