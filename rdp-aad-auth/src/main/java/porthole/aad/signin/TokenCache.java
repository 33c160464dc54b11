package porthole.aad.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import porthole.aad.PrivateFiles;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/**
 * The tokens of all sign-ins in one file of mode 0600, shared by processes that take turns by a file lock. It is written as a
 * draft beside it, which then takes its place: a process that dies leaves the old file or the new one. A file that cannot be
 * read is set aside and not lost. Every method blocks; usable from any thread.
 */
public final class TokenCache {
    private static final int VERSION = 1;
    private static final int MOST_ENTRIES = 1000;
    private static final int MOST_OCTETS = 32 << 20;
    private static final Object IN_THIS_PROCESS = new Object(); // file locks are for other processes
    private static final String REMEDY = "sign in again: porthole login";

    private final Path file;
    private final Optional<CacheKey> key;
    private final Clock clock;
    private final Consumer<String> notes;
    private final SecureRandom random = new SecureRandom();

    /**
     * A cache, whose file need not exist yet.
     *
     * @param key encrypts the file where there is one
     * @param notes is told in words what a person should know, for example that a file was set aside
     */
    public TokenCache(Path file, Optional<CacheKey> key, Clock clock, Consumer<String> notes) {
        this.file = file;
        this.key = key;
        this.clock = clock;
        this.notes = notes;
    }

    /** Whether there is a file. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** Tells a person, as the cache itself does. */
    void note(String text) {
        notes.accept(text);
    }

    /** Every entry that has not expired. */
    public List<CacheEntry> entries() {
        return inTurn(() -> {
            Instant now = clock.instant();
            return read().stream().filter(e -> !e.isExpired(now)).toList();
        });
    }

    /** Keeps an entry in place of one for the same. */
    public void put(CacheEntry... entries) {
        change(all -> {
            List<CacheEntry> next = new ArrayList<>(all);
            for (CacheEntry entry : entries) {
                next.removeIf(entry::replaces);
                next.add(entry);
            }
            return next;
        });
    }

    /** Forgets entries and says how many. */
    public int remove(Predicate<CacheEntry> which) {
        int[] removed = {0};
        change(all -> {
            List<CacheEntry> next = all.stream().filter(which.negate()).toList();
            removed[0] = all.size() - next.size();
            return next;
        });
        return removed[0];
    }

    private void change(UnaryOperator<List<CacheEntry>> change) {
        inTurn(() -> {
            Instant now = clock.instant();
            List<CacheEntry> next =
                    change.apply(read()).stream().filter(e -> !e.isExpired(now)).toList();
            write(bounded(next));
            return null;
        });
    }

    /** Without the access tokens that expire first where there are too many; sign-ins go last, the oldest first. */
    private static List<CacheEntry> bounded(List<CacheEntry> entries) {
        List<CacheEntry> left = new ArrayList<>(entries);
        entries.stream()
                .sorted(Comparator.comparing(CacheEntry::kind, Comparator.reverseOrder())
                        .thenComparing(e -> e.expiresAt().orElse(Instant.MAX)))
                .limit(Math.max(0, entries.size() - MOST_ENTRIES))
                .forEach(left::remove);
        return left;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T inTurn(Work<T> work) {
        Path turn = file.resolveSibling(file.getFileName() + ".lock"); // the file itself is replaced
        synchronized (IN_THIS_PROCESS) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent(), owners("rwx------"));
                try (FileChannel channel = FileChannel.open(
                                turn,
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                owners("rw-------"));
                        FileLock lock = channel.lock()) {
                    if (!lock.isValid()) {
                        throw new IOException(turn + " cannot be locked");
                    }
                    return work.run();
                }
            } catch (IOException e) {
                throw PrivateFiles.unreadable("token-cache", "token cache", file, e)
                        .in(Stage.TOKEN);
            }
        }
    }

    private boolean hasModes() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] owners(String mode) {
        return hasModes()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private List<CacheEntry> read() throws IOException {
        String text;
        try {
            closeToOthers();
            if (Files.size(file) > MOST_OCTETS) {
                return setAside();
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (CharacterCodingException e) {
            return setAside();
        }
        Optional<ObjectNode> document = StrictJson.ownObject(text);
        if (document.isEmpty() || document.get().path("version").asInt() != VERSION) {
            return setAside();
        }
        if (document.get().has("encrypted")) {
            document = decrypted(document.get());
        }
        JsonNode entries = document.map(d -> d.get("entries")).orElse(null);
        if (entries == null || !entries.isArray()) {
            return setAside();
        }
        List<CacheEntry> all = new ArrayList<>();
        for (JsonNode entry : entries) {
            CacheEntry.of(entry).ifPresent(all::add);
        }
        if (all.size() < entries.size()) {
            setAside(); // with all that was in it; what can be read stays in use
            write(all);
        }
        return all;
    }

    /** A copy that somebody made may have lost its mode. */
    private void closeToOthers() throws IOException {
        Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rw-------");
        if (hasModes() && !owners.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, owners);
            notes.accept("the token cache " + file + " was open to others, and is not any more");
        }
    }

    /**
     * The document inside, or empty where the file was altered; another key, or none, is a failure and sets nothing aside: the
     * right one may come next time.
     */
    private Optional<ObjectNode> decrypted(ObjectNode outer) {
        if (key.isEmpty()) {
            throw keyFailure("the token cache is encrypted", "no key", "give the key file that it was made with");
        }
        if (!key.get().id().equals(outer.path("key").asText())) {
            throw keyFailure(
                    "this is not the key of the token cache",
                    "another key than the one that it was made with",
                    "give the right key file, or remove the cache and sign in again");
        }
        try {
            byte[] text = key.get()
                    .decrypt(Base64.getDecoder().decode(outer.path("encrypted").asText()));
            return StrictJson.ownObject(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private RdpFailure keyFailure(String summary, String seen, String remedy) {
        return new LocalFailure("token-cache", summary, file + ": " + seen, "the key that it was made with", remedy)
                .in(Stage.TOKEN);
    }

    private List<CacheEntry> setAside() throws IOException {
        Path aside = file.resolveSibling(
                file.getFileName() + ".unreadable-" + clock.instant().getEpochSecond() + "-" + random.nextInt(10_000));
        Files.move(file, aside);
        notes.accept("the token cache could not be read as a whole and was set aside as " + aside + "; " + REMEDY);
        return List.of();
    }

    private void write(List<CacheEntry> entries) throws IOException {
        ObjectNode document = StrictJson.newObject().put("version", VERSION);
        ArrayNode list = document.putArray("entries");
        entries.forEach(entry -> list.add(entry.object()));
        String text = document.toString();
        if (key.isPresent()) {
            byte[] sealed = key.get().encrypt(text.getBytes(StandardCharsets.UTF_8), random);
            text = StrictJson.newObject()
                    .put("version", VERSION)
                    .put("key", key.get().id())
                    .put("encrypted", Base64.getEncoder().encodeToString(sealed))
                    .toString();
        }
        replace(text);
    }

    private void replace(String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft); // of a process that died here
        try (FileChannel channel = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owners("rw-------"))) {
            ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
