package porthole.aad.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.RdpAccessToken;
import porthole.aad.TestTokens;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

@DisabledOnOs(OS.WINDOWS)
class TokenSourcesTest {
    private static final Clock CLOCK = Clock.fixed(TestTokens.NOW, ZoneOffset.UTC);
    private static final TokenRequest REQUEST = TokenRequest.of(TestTokens.HOST, TestTokens.KEY);
    private static final String TOKEN = TestTokens.token(TestTokens.claims());
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aCommandFindsScopeAndConfirmationInItsEnvironment() throws Exception {
        Path seen = folder.resolve("seen");
        RdpAccessToken token = command("echo \"$RDP_TOKEN_SCOPE $RDP_TOKEN_REQ_CNF\" > '" + seen + "'; echo; echo "
                + TOKEN + "; echo more; echo noise >&2");
        assertThat(token).isEqualTo(RdpAccessToken.of(TOKEN));
        assertThat(Files.readString(seen)).isEqualTo(TestTokens.HOST.scope() + " " + TestTokens.KEY.reqCnf() + "\n");
    }

    @Test
    void aCommandMayPrintATokenResponse() throws Exception {
        RdpAccessToken token = command(
                "echo '{\"token_type\": \"pop\", \"expires_in\": 3599,'; echo '\"access_token\": \"" + TOKEN + "\"}'");
        assertThat(token.value()).isEqualTo(TOKEN);
        assertThat(token.expiresAt()).contains(TestTokens.NOW.plusSeconds(3599));
        assertThat(token.tokenType()).isEqualTo("pop");
    }

    @Test
    void aFailingCommandIsToldWithItsLastWordsButNoSecret() {
        RdpFailure failure = failure(
                "echo " + TOKEN + "; echo first >&2; echo \"AADSTS50079: sign in, code=" + TOKEN + "\" >&2; exit 3");
        assertThat(failure.getMessage()).contains("exit code 3", "AADSTS50079").doesNotContain(TOKEN, "first");
        assertThat(failure.report().cause()).isEqualTo("token-command");
        assertThat(failure.stage()).contains(Stage.TOKEN);
        assertThat(failure("no-such-command-anywhere").getMessage()).contains("exit code 127");
    }

    @Test
    void outputThatIsNoTokenIsToldWithoutShowingIt() {
        assertThat(failure("true").getMessage()).contains("nothing in what the token command printed");
        assertThat(failure("echo Bearer " + TOKEN).getMessage())
                .contains("Bearer")
                .doesNotContain(TOKEN);
        assertThat(failure("echo my secret words").getMessage()).doesNotContain("secret");
        assertThat(failure("echo '{\"token\":\"hidden\"}'").getMessage())
                .contains("without access_token")
                .doesNotContain("hidden");
        assertThat(failure("head -c 1000000 /dev/zero | tr '\\0' a").getMessage())
                .contains("more than");
    }

    @Test
    void aCommandThatDoesNotEndIsKilledWithItsChildren() throws Exception {
        Path pid = folder.resolve("pid");
        CommandTokenSource source =
                source("sh -c 'echo $$ > " + pid + "; exec sleep 600' & wait", Duration.ofMillis(1500));
        assertThatThrownBy(() -> source.token(REQUEST).toCompletableFuture().get(50, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(LocalFailure.class)
                .cause()
                .hasMessageContaining("did not end in time");
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElse(null);
        if (child != null) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(child == null || !child.isAlive()).isTrue();
    }

    @Test
    void anEndlessWriterIsStoppedToo() {
        assertThatThrownBy(() -> source("yes", Duration.ofMillis(300))
                        .token(REQUEST)
                        .toCompletableFuture()
                        .get(50, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining("did not end in time");
    }

    @Test
    void aBackgroundProcessThatKeepsThePipesDoesNotDelayTheToken() throws Exception {
        Path pid = folder.resolve("pid");
        RdpAccessToken token = command("sleep 600 & echo $! > " + pid + "; echo " + TOKEN);
        assertThat(token.value()).isEqualTo(TOKEN);
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void cancellingStopsTheCommand() throws Exception {
        Path pid = folder.resolve("pid");
        CountDownLatch ended = new CountDownLatch(1);
        Executor executor = task -> daemon(() -> {
            task.run();
            ended.countDown();
        });
        CompletableFuture<RdpAccessToken> token = new CommandTokenSource(
                        "echo $$ > " + pid + "; exec sleep 600", LONG, CLOCK, executor)
                .token(REQUEST)
                .toCompletableFuture();
        token.cancel(true);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(token).isCancelled();
    }

    @Test
    void aFileHoldsATokenOrATokenResponse() throws Exception {
        Path file = folder.resolve("token");
        FileTokenSource source = new FileTokenSource(file, CLOCK, TokenSourcesTest::daemon);
        assertThatThrownBy(() -> get(source)).cause().hasMessageContaining("does not exist");
        Files.writeString(file, "\n  " + TOKEN + " \n");
        assertThat(get(source).value()).isEqualTo(TOKEN);
        Files.writeString(file, "{\"access_token\":\"" + TOKEN + "\",\"expires_on\":\"1767229199\"}");
        assertThat(get(source).expiresAt()).contains(TestTokens.NOW.plusSeconds(3599));
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 'x'});
        assertThatThrownBy(() -> get(source))
                .cause()
                .isInstanceOfSatisfying(
                        RdpFailure.class, f -> assertThat(f.stage()).contains(Stage.TOKEN));
        Files.write(file, new byte[200_000]);
        assertThatThrownBy(() -> get(source)).cause().hasMessageContaining("too large");
    }

    private static RdpAccessToken get(TokenSource source) throws Exception {
        return source.token(REQUEST).toCompletableFuture().get(50, TimeUnit.SECONDS);
    }

    private static CommandTokenSource source(String command, Duration deadline) {
        return new CommandTokenSource(command, deadline, CLOCK, TokenSourcesTest::daemon);
    }

    private static RdpAccessToken command(String command) throws Exception {
        return get(source(command, LONG));
    }

    private static RdpFailure failure(String command) {
        try {
            RdpAccessToken token = command(command);
            throw new AssertionError("no failure but " + token);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(RdpFailure.class);
            return (RdpFailure) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "test-token");
        thread.setDaemon(true);
        thread.start();
    }
}
