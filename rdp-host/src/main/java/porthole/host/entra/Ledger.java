package porthole.host.entra;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import porthole.aad.json.Base64Url;

/** Random names for things that were handed out, the oldest forgotten first. Thread-safe. */
final class Ledger<T> {
    private static final int MAX_ENTRIES = 4096;
    private static final int SECRET_OCTETS = 48;

    private final String prefix;
    private final SecureRandom random;
    private final Map<String, T> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    Ledger(String prefix, SecureRandom random) {
        this.prefix = prefix;
        this.random = random;
    }

    synchronized String add(T entry) {
        byte[] octets = new byte[SECRET_OCTETS];
        random.nextBytes(octets);
        String name = prefix + Base64Url.encode(octets);
        entries.put(name, entry);
        return name;
    }

    /** Keeps an entry under a name that is not ours; false where the name is known already. */
    synchronized boolean addNew(String name, T entry) {
        return entries.putIfAbsent(name, entry) == null;
    }

    synchronized Optional<T> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    synchronized void put(String name, T entry) {
        entries.replace(name, entry);
    }

    /** Finds an entry and forgets it: what can be used once. */
    synchronized Optional<T> take(String name) {
        return Optional.ofNullable(entries.remove(name));
    }
}
