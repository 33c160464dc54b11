package porthole.transport.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.MacSpi;

/**
 * An HMAC that recognises by its input when it derives a secret of TLS, and notes the secret.
 *
 * <p>TLS 1.3 derives each with one HMAC over an HkdfLabel (RFC 8446 7.1); TLS 1.2 the master secret with the rounds of P_hash over a
 * label (RFC 5246 5 and 8.1, RFC 7627 4).
 */
final class KeyLogMac extends Mac {
    /** Names in the key log by label of HKDF-Expand-Label. */
    private static final Map<String, String> SECRETS = Map.of(
            "c hs traffic", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "s hs traffic", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            "c ap traffic", "CLIENT_TRAFFIC_SECRET_0",
            "s ap traffic", "SERVER_TRAFFIC_SECRET_0",
            "exp master", "EXPORTER_SECRET");

    KeyLogMac(Mac mac, TlsKeyLog.Session log) {
        super(new Observer(mac, log), mac.getProvider(), mac.getAlgorithm());
    }

    private static final class Observer extends MacSpi {
        private static final int LONGEST_INPUT = 512; // whatever is longer derives no secret
        private static final int MASTER_SECRET = 48;
        private static final String PREFIX = "tls13 ";

        private final Mac mac;
        private final TlsKeyLog.Session log;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();
        private final ByteArrayOutputStream master = new ByteArrayOutputStream();
        private byte[] seed = {};

        Observer(Mac mac, TlsKeyLog.Session log) {
            this.mac = mac;
            this.log = log;
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            mac.init(key, parameters);
            input.reset();
            master.reset();
            seed = new byte[0];
        }

        @Override
        protected void engineUpdate(byte octet) {
            mac.update(octet);
            if (input.size() <= LONGEST_INPUT) {
                input.write(octet);
            }
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {
            mac.update(octets, offset, length);
            input.write(
                    octets, offset, Math.min(length, LONGEST_INPUT + 1 - Math.min(input.size(), LONGEST_INPUT + 1)));
        }

        @Override
        protected byte[] engineDoFinal() {
            byte[] output = mac.doFinal();
            if (input.size() <= LONGEST_INPUT) {
                derived(input.toByteArray(), output);
            }
            input.reset();
            return output;
        }

        @Override
        protected void engineReset() {
            mac.reset();
            input.reset();
        }

        private void derived(byte[] in, byte[] out) {
            if (startsWith(in, "master secret") || startsWith(in, "extended master secret")) {
                seed = in;
                master.reset();
            } else if (seed.length > 0) {
                round(in, out);
            } else {
                expanded(in, out);
            }
        }

        /** P_hash: every second HMAC is over A(i) and the seed, and gives a part of the master secret. */
        private void round(byte[] in, byte[] out) {
            int before = in.length - seed.length;
            if (before > 0 && Arrays.equals(in, before, in.length, seed, 0, seed.length)) {
                master.writeBytes(out);
                if (master.size() >= MASTER_SECRET) {
                    log.secret("CLIENT_RANDOM", Arrays.copyOf(master.toByteArray(), MASTER_SECRET));
                    master.reset();
                    seed = new byte[0];
                }
            }
        }

        /** {@code uint16 length; opaque label<7..255>; opaque context<0..255>} and the counter 1. */
        private void expanded(byte[] in, byte[] out) {
            if (in.length < 5 || in[in.length - 1] != 1 || ((in[0] & 0xFF) << 8 | in[1] & 0xFF) != out.length) {
                return;
            }
            int end = 3 + (in[2] & 0xFF);
            if (end + 1 > in.length) {
                return;
            }
            String label = new String(in, 3, end - 3, StandardCharsets.US_ASCII);
            String name = label.startsWith(PREFIX) ? SECRETS.get(label.substring(PREFIX.length())) : null;
            if (name != null) {
                log.secret(name, out);
            }
        }

        private static boolean startsWith(byte[] in, String label) {
            byte[] wanted = label.getBytes(StandardCharsets.US_ASCII);
            return in.length > wanted.length && Arrays.equals(in, 0, wanted.length, wanted, 0, wanted.length);
        }
    }
}
