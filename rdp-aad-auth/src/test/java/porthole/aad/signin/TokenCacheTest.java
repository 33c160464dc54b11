package porthole.aad.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.RdpFailure;

class TokenCacheTest {
    private static final int EACH = 100;

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private TokenCache cache(Optional<CacheKey> key) {
        return new TokenCache(folder.resolve("tokens.json"), key, Clock.systemUTC(), notes::add);
    }

    private static CacheEntry refresh(String user, String token) {
        return new CacheEntry(CacheEntry.Kind.REFRESH, "https://a/t", "client", user, "", "", Optional.empty(), token);
    }

    private static CacheEntry access(String audience, String popKey, Instant until) {
        return new CacheEntry(
                CacheEntry.Kind.ACCESS,
                "https://a/t",
                "client",
                "anna",
                audience,
                popKey,
                Optional.of(until),
                "token-" + audience + popKey);
    }

    @Test
    void entriesAreSeparateAndReplaced() throws Exception {
        Instant later = Instant.now().plusSeconds(600);
        TokenCache cache = cache(Optional.empty());
        assertThat(cache.entries()).isEmpty();
        cache.put(refresh("anna", "one"), refresh("bert", "two"));
        cache.put(refresh("anna", "three"), access("x", "", later), access("x", "K", later), access("y", "", later));
        cache.put(access("z", "", Instant.now().minusSeconds(1)));
        assertThat(cache.entries())
                .extracting(CacheEntry::token)
                .containsExactly("two", "three", "token-x", "token-xK", "token-y");
        assertThat(cache.remove(e -> e.user().equals("anna"))).isEqualTo(4);
        assertThat(cache.entries()).extracting(CacheEntry::user).containsExactly("bert");
        assertThat(cache.entries().get(0).toString()).doesNotContain("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tokens.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tokens.json.lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anEncryptedCacheShowsNothingAndNeedsItsKey() throws Exception {
        CacheKey key = CacheKey.read(Files.write(folder.resolve("key"), new byte[32]));
        byte[] other = new byte[32];
        other[0] = 1;
        CacheKey wrong = CacheKey.read(Files.write(folder.resolve("other"), other));
        cache(Optional.of(key)).put(refresh("anna", "a secret"));
        String text = Files.readString(folder.resolve("tokens.json"));
        assertThat(text).doesNotContain("a secret", "anna").contains("encrypted");
        assertThat(cache(Optional.of(key)).entries()).hasSize(1);
        for (Optional<CacheKey> each : List.of(Optional.<CacheKey>empty(), Optional.of(wrong))) {
            assertThatThrownBy(() -> cache(each).entries())
                    .isInstanceOfSatisfying(
                            RdpFailure.class,
                            f -> assertThat(f.report().cause()).isEqualTo("token-cache"));
        }
        assertThatThrownBy(() -> cache(Optional.of(wrong)).entries())
                .hasMessageContaining("this is not the key of the token cache");
        assertThatThrownBy(() -> cache(Optional.empty()).put(refresh("anna", "x")))
                .hasMessageContaining("the token cache is encrypted");
        assertThat(Files.readString(folder.resolve("tokens.json"))).isEqualTo(text);
        assertThat(notes).isEmpty();
        int end = text.length() - 6;
        String altered = text.substring(0, end) + (text.charAt(end) == 'A' ? 'B' : 'A') + text.substring(end + 1);
        Files.writeString(folder.resolve("tokens.json"), altered);
        assertThat(cache(Optional.of(key)).entries()).isEmpty();
        assertThat(notes).singleElement().asString().contains("set aside");
        Path small = Files.write(folder.resolve("small"), new byte[31]);
        assertThatThrownBy(() -> CacheKey.read(small)).hasMessageContaining("31 octets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"version\":2,\"entries\":[]}", "{\"version\":1}", "\u0000\u0001"})
    void anUnreadableFileIsSetAside(String content) throws Exception {
        Files.writeString(folder.resolve("tokens.json"), content);
        TokenCache cache = cache(Optional.empty());
        cache.put(refresh("anna", "one"));
        assertThat(cache.entries()).hasSize(1);
        assertThat(notes).last().asString().contains("set aside", "porthole login");
        try (var files = Files.list(folder)) {
            Path aside = files.filter(f -> f.getFileName().toString().contains("unreadable"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(aside)).isEqualTo(content);
        }
    }

    @Test
    void oneUnreadableEntryIsSetAsideWithItsFileAndTheOthersStay() throws Exception {
        TokenCache cache = cache(Optional.empty());
        cache.put(refresh("anna", "one"), refresh("bert", "two"));
        Path file = folder.resolve("tokens.json");
        String text = Files.readString(file).replaceFirst("\"kind\":\"REFRESH\"", "\"kind\":\"LATER\"");
        Files.writeString(file, text);
        assertThat(cache.entries()).extracting(CacheEntry::token).containsExactly("two");
        assertThat(cache.entries()).hasSize(1);
        assertThat(notes).singleElement().asString().contains("set aside");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(f -> f.toString().contains("unreadable")))
                    .singleElement()
                    .satisfies(f -> assertThat(Files.readString(f)).isEqualTo(text));
        }
    }

    @Test
    void nobodyElseCanReadWhatIsKept() throws Exception {
        Path file = folder.resolve("new/folders/tokens.json");
        TokenCache cache = new TokenCache(file, Optional.empty(), Clock.systemUTC(), notes::add);
        cache.put(refresh("anna", "one"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(cache.entries()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(notes).singleElement().asString().contains("was open to others");
    }

    /** A process that was killed between writing and renaming leaves a draft. */
    @Test
    void aDraftThatNobodyFinishedIsNotInTheWay() throws Exception {
        TokenCache cache = cache(Optional.empty());
        cache.put(refresh("anna", "one"));
        Path draft = Files.writeString(folder.resolve("tokens.json.draft"), "{\"version\":1,\"entr");
        assertThat(cache.entries()).extracting(CacheEntry::token).containsExactly("one");
        cache.put(refresh("bert", "two"));
        assertThat(cache.entries()).extracting(CacheEntry::token).containsExactly("one", "two");
        assertThat(draft).doesNotExist();
        assertThat(notes).isEmpty();
    }

    @Test
    void tooManyTokensCostThoseThatExpireFirstAndNoSignIn() {
        Instant now = Instant.now();
        TokenCache cache = cache(Optional.empty());
        cache.put(refresh("anna", "x".repeat(3000)));
        cache.put(IntStream.rangeClosed(1, 1010)
                .mapToObj(i -> new CacheEntry(
                        CacheEntry.Kind.ACCESS,
                        "https://a/t",
                        "client",
                        "anna",
                        "host" + i,
                        "",
                        Optional.of(now.plusSeconds(600 + i)),
                        "y".repeat(3000)))
                .toArray(CacheEntry[]::new));
        List<CacheEntry> left = cache.entries();
        assertThat(left).hasSize(1000);
        assertThat(left.get(0).kind()).isEqualTo(CacheEntry.Kind.REFRESH);
        assertThat(left.get(1).audience()).isEqualTo("host12");
        assertThat(notes).isEmpty();
    }

    /** Two processes, each with many threads, lose nothing. */
    @Test
    void nothingIsLostBetweenProcesses() throws Exception {
        Path file = folder.resolve("tokens.json");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        "other")
                .inheritIO()
                .start();
        Writer.main(file.toString(), "this");
        assertThat(other.waitFor()).isZero();
        assertThat(cache(Optional.empty()).entries()).hasSize(2 * EACH);
        assertThat(notes).isEmpty();
    }

    /** Puts many entries at once. */
    static final class Writer {
        public static void main(String... arguments) {
            TokenCache cache =
                    new TokenCache(Path.of(arguments[0]), Optional.empty(), Clock.systemUTC(), note -> System.exit(3));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                CacheEntry entry = refresh(arguments[1] + i, "token");
                all.add(CompletableFuture.runAsync(() -> cache.put(entry), threads));
            }
            all.forEach(CompletableFuture::join);
            threads.shutdown();
        }
    }
}
