package porthole.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import porthole.aad.explain.Explanation;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.option.OutputOptions;
import porthole.cli.output.Output;
import porthole.cli.support.SupportOptions;
import porthole.client.support.SupportAttempt;
import porthole.protocol.failure.RdpFailure;

/** What the sub-commands have in common: their streams, and how an ending becomes an exit code. */
abstract class PortholeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec specification;

    @Mixin
    private OutputOptions outputOptions;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    private Output output;
    private SupportOptions support;
    private SupportAttempt attempt;
    private Function<RdpFailure, Optional<Explanation>> explainer = failure -> Optional.empty();

    /** Does the work; whatever is thrown is turned into text and an exit code. */
    abstract ExitCode run() throws Exception;

    @Override
    public final Integer call() {
        if (outputOptions.verbose) {
            System.setProperty("org.slf4j.simpleLogger.log.porthole", "debug");
        }
        output = new Output(surroundings(), outputOptions.json);
        ExitCode code;
        try {
            code = run();
        } catch (Exception e) {
            code = failed(e);
        }
        return supported(code).number();
    }

    /** Whoever helps later gets what was seen, however it ended. */
    private ExitCode supported(ExitCode code) {
        if (support == null || support.file().isEmpty()) {
            return code;
        }
        try {
            support.write(Optional.of(code.number()));
            output.say("porthole: wrote the support bundle " + support.file().get());
            return code;
        } catch (IOException e) {
            complain(output, "usage", "the support bundle cannot be written: " + e);
            return code == ExitCode.OK ? ExitCode.USAGE : code;
        }
    }

    private ExitCode failed(Exception thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RdpFailure failure) {
            output.failure(failure);
            Optional<Explanation> explanation = explainer.apply(failure);
            explanation.ifPresent(this::explainBeside);
            forSupport(attempt -> attempt.failed(failure, explanation));
            return ExitCode.of(failure);
        }
        if (cause instanceof UsageException || cause instanceof IOException) {
            String text = cause instanceof NoSuchFileException ? "no such file: " + cause.getMessage() : text(cause);
            complain(output, "usage", text);
            forSupport(attempt -> attempt.failed("usage"));
            return ExitCode.USAGE;
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        forSupport(attempt -> attempt.failed("internal"));
        complain(output, "internal", "a defect of this program: " + cause + "; please report it with -v");
        if (outputOptions.verbose) {
            cause.printStackTrace(surroundings().err());
        }
        return ExitCode.INTERNAL;
    }

    private static String text(Throwable cause) {
        return cause instanceof UsageException ? cause.getMessage() : cause.toString();
    }

    /** Says what is wrong without an {@link RdpFailure}, in both forms. */
    static void complain(Output output, String kind, String text) {
        output.say("porthole: " + text);
        if (output.isJson()) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "failure");
            event.put("kind", kind);
            event.put("summary", text);
            output.json(event);
        }
    }

    /** Prints an explanation in the form that was asked for. */
    final void explain(Explanation explanation) {
        if (output.isJson()) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "explanation");
            event.putAll(explanation.object());
            output.json(event);
        } else {
            explanation.lines().forEach(output::text);
        }
    }

    /** Has a failure of this command explained, too. */
    final void explainFailuresWith(Function<RdpFailure, Optional<Explanation>> how) {
        explainer = how;
    }

    /** Prints an explanation of a failure: to people on standard error, to programs as an event. */
    final void explainBeside(Explanation explanation) {
        if (output.isJson()) {
            explain(explanation);
        } else {
            explanation.lines().forEach(output::say);
        }
    }

    /** Has this written when the command ends; {@code one} is told how the command failed. */
    final void supportedBy(SupportOptions options, SupportAttempt one) {
        support = options;
        attempt = one;
    }

    private void forSupport(Consumer<SupportAttempt> told) {
        if (attempt != null) {
            told.accept(attempt);
        }
    }

    final CommandSpec specification() {
        return specification;
    }

    final Surroundings surroundings() {
        return ((Porthole) specification.root().userObject()).surroundings();
    }

    final Output output() {
        return output;
    }

    final boolean isVerbose() {
        return outputOptions.verbose;
    }
}
