package porthole.host.entra;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.aad.verify.AssertionVerifier;
import porthole.aad.verify.CheckResult;
import porthole.aad.verify.Expectations;
import porthole.aad.verify.VerificationReport;
import porthole.host.session.AssertionCheck;

/** Lets an RDP host check assertions; the RSA arithmetic is done on an executor, not on the connection's event loop. */
public final class EntraAssertionCheck implements AssertionCheck {
    private final AssertionVerifier verifier;
    private final Clock clock;
    private final Executor executor;

    public EntraAssertionCheck(Expectations expectations, Clock clock, Executor executor) {
        this.verifier = new AssertionVerifier(expectations);
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Verdict> check(String assertion, String serverNonce) {
        return CompletableFuture.supplyAsync(
                () -> verdict(verifier.verify(assertion, serverNonce, clock.instant())), executor);
    }

    private static Verdict verdict(VerificationReport report) {
        Map<String, Object> checks = new LinkedHashMap<>();
        for (CheckResult check : report.checks()) {
            checks.put(check.check().label(), check.verdict() == CheckResult.Verdict.OK ? "ok" : check.toString());
        }
        return new Verdict(report.result().signed(), report.user().orElse(""), checks);
    }
}
