package porthole.protocol.crypto;

/** The RC4 stream cipher; its state goes on from call to call. Not thread-safe. */
public final class Rc4 {
    private final int[] state = new int[256];
    private int i;
    private int j;

    /** @param key 1 to 256 octets */
    public Rc4(byte[] key) {
        rekey(key);
    }

    /** Begins anew under another key of 1 to 256 octets. */
    public void rekey(byte[] key) {
        for (int n = 0; n < 256; n++) {
            state[n] = n;
        }
        int k = 0;
        for (int n = 0; n < 256; n++) {
            k = k + state[n] + (key[n % key.length] & 0xFF) & 0xFF;
            int kept = state[n];
            state[n] = state[k];
            state[k] = kept;
        }
        i = 0;
        j = 0;
    }

    /** Encrypts or decrypts into a new array. */
    public byte[] apply(byte[] octets) {
        byte[] result = octets.clone();
        applyTo(result, 0, result.length);
        return result;
    }

    /** Encrypts or decrypts in place. */
    public void applyTo(byte[] octets, int from, int length) {
        int[] s = state;
        int a = i;
        int b = j;
        for (int n = from; n < from + length; n++) {
            a = a + 1 & 0xFF;
            int x = s[a];
            b = b + x & 0xFF;
            int y = s[b];
            s[a] = y;
            s[b] = x;
            octets[n] ^= (byte) s[x + y & 0xFF];
        }
        i = a;
        j = b;
    }
}
