package porthole.host.entra;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import porthole.aad.verify.NonceRegister;

/** The nonces that were handed out; each is good once and for a while. */
final class Nonces {
    private record Issued(Instant until, boolean used) {}

    private final Ledger<Issued> ledger;
    private final Duration lifetime;

    Nonces(Duration lifetime, SecureRandom random) {
        this.ledger = new Ledger<>("AwABAAEAAAAC", random); // real ones begin like this
        this.lifetime = lifetime;
    }

    String issue(Instant now, boolean stale) {
        return ledger.add(new Issued(stale ? now : now.plus(lifetime), false));
    }

    NonceRegister.State consume(String nonce, Instant now) {
        synchronized (ledger) { // looked up and marked as one step
            Issued issued = ledger.find(nonce).orElse(null);
            if (issued == null) {
                return NonceRegister.State.UNKNOWN;
            }
            ledger.put(nonce, new Issued(issued.until(), true));
            if (issued.used()) {
                return NonceRegister.State.USED;
            }
            return now.isBefore(issued.until()) ? NonceRegister.State.FRESH : NonceRegister.State.EXPIRED;
        }
    }
}
