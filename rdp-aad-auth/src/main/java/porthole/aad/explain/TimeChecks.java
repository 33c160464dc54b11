package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.Certainty.LIKELY;
import static porthole.aad.explain.InvalidTokenCause.CLOCK;
import static porthole.aad.explain.InvalidTokenCause.TIMESTAMP;
import static porthole.aad.explain.InvalidTokenCause.TOKEN_LIFETIME;
import static porthole.aad.explain.Text.shown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import porthole.aad.token.AccessTokenText;

/** Causes 14, 19 and 24: the times of an assertion and of its token, and the clock that they come from. */
final class TimeChecks {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int SECONDS_DIGITS = 10;
    private static final int MILLISECONDS_DIGITS = 13;

    private final AssertionContext context;
    private final Verdicts verdicts;
    private final Map<String, Object> facts;

    TimeChecks(AssertionContext context, Verdicts verdicts, Map<String, Object> facts) {
        this.context = context;
        this.verdicts = verdicts;
        this.facts = facts;
    }

    void check(ObjectNode payload, Optional<AccessTokenText.Readable> token) {
        Optional<Instant> stamp = stamp(payload.get("ts"));
        stamp.ifPresent(s -> facts.put("ts", s.toString()));
        context.at().ifPresent(a -> facts.put("at", a.toString()));
        Optional<Instant> from = token.flatMap(t -> t.seconds("nbf")).flatMap(TimeChecks::instant);
        Optional<Instant> until = token.flatMap(t -> t.seconds("exp")).flatMap(TimeChecks::instant);
        until.ifPresent(u -> facts.put("tokenUntil", u.toString()));
        context.clockOffset().ifPresent(o -> facts.put("clockOffsetSeconds", o.toSeconds()));
        clock(stamp, from);
        lifetime(stamp, from, until, token.isPresent());
    }

    /** The time when a token is looked at on its own. */
    void checkToken(AccessTokenText.Readable token) {
        lifetime(
                Optional.empty(),
                token.seconds("nbf").flatMap(TimeChecks::instant),
                token.seconds("exp").flatMap(TimeChecks::instant),
                true);
    }

    private Optional<Instant> stamp(JsonNode ts) {
        if (ts == null || !ts.isTextual()) {
            verdicts.found(
                    TIMESTAMP, CERTAIN, ts == null ? "no ts" : ts.isNumber() ? "ts is a number" : "ts is no text");
            return ts != null && ts.isIntegralNumber() ? instant(ts.asLong()) : Optional.empty();
        }
        String text = ts.textValue();
        if (!text.matches("[0-9]{1,18}") || text.length() != SECONDS_DIGITS) {
            boolean milliseconds = text.matches("[0-9]+") && text.length() == MILLISECONDS_DIGITS;
            verdicts.found(
                    TIMESTAMP,
                    CERTAIN,
                    milliseconds ? "ts has 13 digits: milliseconds" : "ts " + shown(text) + " is not ten digits");
            return milliseconds ? instant(Long.parseLong(text) / 1000) : Optional.empty();
        }
        return instant(Long.parseLong(text));
    }

    /** Causes 24 and 19: which of the two it is, the clock offset says where it is known. */
    private void clock(Optional<Instant> stamp, Optional<Instant> from) {
        Optional<Duration> offset = context.clockOffset();
        if (offset.filter(o -> o.abs().compareTo(TOLERANCE) > 0).isPresent()) {
            verdicts.found(CLOCK, CERTAIN, "this clock is " + words(offset.get()) + " the authority's");
            verdicts.excluded(TIMESTAMP, "ten digits");
            return;
        }
        if (stamp.isPresent() && context.at().isPresent()) {
            Duration late = Duration.between(stamp.get(), context.at().get());
            if (late.abs().compareTo(TOLERANCE) > 0) {
                String seen = "ts is " + words(late) + " the time of the attempt";
                if (offset.isPresent()) {
                    verdicts.excluded(CLOCK, "the clock agrees with the authority's");
                    verdicts.found(TIMESTAMP, CERTAIN, seen + ", though the clock is right");
                } else {
                    verdicts.found(CLOCK, LIKELY, seen, TIMESTAMP);
                }
                return;
            }
            verdicts.excluded(CLOCK, "ts is " + Math.abs(late.toSeconds()) + " s from the time of the attempt");
        } else if (stamp.isPresent()
                && from.isPresent()
                && stamp.get().isBefore(from.get().minus(TOLERANCE))) {
            verdicts.found(
                    CLOCK,
                    LIKELY,
                    "ts is " + words(Duration.between(stamp.get(), from.get())) + " nbf of the token that it carries",
                    TIMESTAMP);
        } else if (offset.isPresent()) {
            verdicts.excluded(CLOCK, "the clock agrees with the authority's");
        } else {
            verdicts.unknown(CLOCK, stamp.map(s -> "ts says " + s + "; ").orElse("") + "the right time is not known");
        }
        verdicts.excluded(TIMESTAMP, "ten digits");
    }

    private static String words(Duration ahead) {
        return Math.abs(ahead.toSeconds()) + " s " + (ahead.isNegative() ? "ahead of" : "behind");
    }

    private void lifetime(Optional<Instant> stamp, Optional<Instant> from, Optional<Instant> until, boolean readable) {
        if (!readable) {
            return;
        }
        Optional<Instant> now = context.at().or(() -> stamp);
        String seen = from.map(f -> "from " + f + " ").orElse("")
                + until.map(u -> "until " + u).orElse("without end");
        if (now.isEmpty()) {
            verdicts.unknown(TOKEN_LIFETIME, seen + "; the time of the attempt is not known");
        } else if (until.isEmpty() || !until.get().isAfter(now.get())) {
            verdicts.found(TOKEN_LIFETIME, CERTAIN, seen + ", used at " + now.get());
        } else if (from.filter(f -> f.isAfter(now.get().plus(TOLERANCE))).isPresent()) {
            if (context.at().isPresent() || !verdicts.has(CLOCK)) {
                verdicts.found(TOKEN_LIFETIME, CERTAIN, seen + ", used at " + now.get(), CLOCK);
            } else {
                verdicts.unknown(TOKEN_LIFETIME, seen + ", used at " + now.get() + " by a clock that is wrong");
            }
        } else {
            verdicts.excluded(TOKEN_LIFETIME, seen);
        }
    }

    private static Optional<Instant> instant(long seconds) {
        return seconds >= 0 && seconds <= Instant.MAX.getEpochSecond()
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }
}
