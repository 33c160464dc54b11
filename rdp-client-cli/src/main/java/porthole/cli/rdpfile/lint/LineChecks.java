package porthole.cli.rdpfile.lint;

import static porthole.cli.rdpfile.lint.Finding.Severity.ERROR;
import static porthole.cli.rdpfile.lint.Finding.Severity.NOTE;
import static porthole.cli.rdpfile.lint.Finding.Severity.WARNING;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpKey;
import porthole.cli.rdpfile.RdpLine;
import porthole.cli.rdpfile.RdpValues;

/** What one line shows by itself: form, type, range, repetition, unknown keys, credentials, redirections. */
final class LineChecks {
    private final Findings findings;

    LineChecks(Findings findings) {
        this.findings = findings;
    }

    void check(RdpDocument document) {
        Map<String, RdpLine> seen = new HashMap<>();
        for (RdpLine line : document.lines()) {
            if (!line.isSetting()) {
                if (!line.text().isBlank()) {
                    findings.at(ERROR, line, 1, "syntax", "no 'key:type:value': " + line.shown());
                }
                continue;
            }
            repeated(seen.put(line.key(), line), line);
            Optional<RdpKey> key = RdpKey.named(line.key());
            if (key.isPresent()) {
                known(key.get(), line);
            } else {
                unknown(line);
            }
        }
    }

    private void repeated(RdpLine earlier, RdpLine line) {
        if (earlier != null) {
            boolean same = earlier.value().equals(line.value()) && earlier.type() == line.type();
            findings.at(
                    same ? NOTE : WARNING,
                    line,
                    1,
                    "duplicate",
                    "'" + line.shown() + "' stands on line " + earlier.number() + " too"
                            + (same ? "" : ", with another value: the last value counts here"));
        }
    }

    private void unknown(RdpLine line) {
        if ("sib".indexOf(line.type()) < 0) {
            findings.at(ERROR, line, line.typeColumn(), "type", "there is no type '" + line.type() + "'");
        }
        Optional<String> meant = Suggestion.of(line.key());
        findings.at(
                meant.isPresent() ? WARNING : NOTE,
                line,
                1,
                "unknown-key",
                "'" + line.shown() + "' is not a known key"
                        + meant.map(key -> "; '" + key + "' is").orElse(""));
    }

    private void known(RdpKey key, RdpLine line) {
        Optional<RdpValues.Problem> problem = RdpValues.problem(key, line);
        if (problem.isPresent()) {
            findings.at(
                    ERROR,
                    line,
                    problem.get().column(),
                    problem.get().code(),
                    problem.get().text());
            return;
        }
        if (line.value().isEmpty()) {
            return;
        }
        if (key.effect() == RdpKey.Effect.REDIRECTS && !isOff(key, line)) {
            findings.value(
                    WARNING,
                    line,
                    "redirection",
                    "'" + key.name() + "' gives the host " + key.meaning()
                            + " of whoever opens the file, except with porthole");
        }
        if (key.isCredential()) {
            boolean clear = !key.name().equals("password 51");
            findings.value(
                    clear ? ERROR : WARNING,
                    line,
                    "credential",
                    "'" + key.name() + "' is a credential (" + key.meaning() + "): take it out of the file");
        }
    }

    private static boolean isOff(RdpKey key, RdpLine line) {
        return key.type() == 'i' && Integer.parseInt(line.value()) == 0;
    }
}
