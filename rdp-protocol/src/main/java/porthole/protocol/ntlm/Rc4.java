package porthole.protocol.ntlm;

/** The RC4 stream cipher; its state goes on from call to call. Not thread-safe. */
final class Rc4 {
    private final int[] state = new int[256];
    private int i;
    private int j;

    /** @param key 1 to 256 octets */
    Rc4(byte[] key) {
        for (int n = 0; n < 256; n++) {
            state[n] = n;
        }
        int k = 0;
        for (int n = 0; n < 256; n++) {
            k = k + state[n] + (key[n % key.length] & 0xFF) & 0xFF;
            swap(n, k);
        }
    }

    /** Encrypts or decrypts into a new array. */
    byte[] apply(byte[] octets) {
        byte[] result = new byte[octets.length];
        for (int n = 0; n < octets.length; n++) {
            i = i + 1 & 0xFF;
            j = j + state[i] & 0xFF;
            swap(i, j);
            result[n] = (byte) (octets[n] ^ state[state[i] + state[j] & 0xFF]);
        }
        return result;
    }

    private void swap(int a, int b) {
        int kept = state[a];
        state[a] = state[b];
        state[b] = kept;
    }
}
