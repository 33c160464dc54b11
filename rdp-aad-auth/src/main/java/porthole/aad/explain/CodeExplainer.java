package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.Certainty.LIKELY;
import static porthole.aad.explain.Certainty.POSSIBLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.aad.AuthenticationResult;
import porthole.aad.entra.Aadsts;
import porthole.aad.entra.Sanitized;
import porthole.aad.json.StrictJson;
import porthole.protocol.credssp.NtStatus;
import porthole.protocol.errorinfo.ErrorInfo;
import porthole.protocol.x224.NegotiationFailure;

/**
 * Explains a number or a name that some party gave for a reason: AADSTS codes and error documents, authentication results
 * in any spelling, negotiation failures, error infos, HRESULTs and NTSTATUS values.
 */
public final class CodeExplainer {
    private static final Pattern AADSTS = Pattern.compile("(?i)AADSTS:?\\s?(\\d{4,9})");
    private static final Pattern NUMBER =
            Pattern.compile("(?:(neg|errinfo|aadsts|result):)?\\s*([+-]?)(?:0[xX]([0-9A-Fa-f]{1,8})|(\\d{1,10}))");
    private static final Pattern BARE_HEX = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final String NEGOTIATION = "MS-RDPBCGR 2.2.1.2.2";
    private static final String ERROR_INFO = "MS-RDPBCGR 2.2.5.1.1";
    private static final String CODES = "Entra error codes";
    private static final long UNSIGNED = 0xFFFF_FFFFL;
    private static final long SEVERE = 0x8000_0000L;
    private static final int LAST_NEGOTIATION = 6;

    private CodeExplainer() {}

    /** Empty where the text is none of these. */
    public static Optional<Explanation> explain(String text) {
        String input = text.strip();
        Optional<ObjectNode> object = StrictJson.looseObject(input);
        if (object.isPresent()) {
            return document(object.get());
        }
        Optional<Explanation> codes = aadsts(input, "");
        return codes.isPresent() ? codes : number(input).or(() -> name(input));
    }

    /** A JSON answer of a host or of an authority. */
    static Optional<Explanation> document(ObjectNode document) {
        JsonNode result = document.get("authentication_result");
        if (result != null) {
            boolean whole = result.isDouble() && result.doubleValue() == Math.rint(result.doubleValue());
            return number("result:" + (whole ? String.valueOf((long) result.doubleValue()) : result.asText()));
        }
        if (!document.has("error")) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        document.path("error_codes")
                .forEach(code -> text.append("AADSTS").append(code.asText()).append(' '));
        text.append(StrictJson.text(document, "error_description").orElse(""));
        String error = StrictJson.text(document, "error").orElse("");
        Optional<Explanation> known = aadsts(text.toString(), error);
        String description =
                Sanitized.line(StrictJson.text(document, "error_description").orElse(""));
        Explanation explanation = known.orElseGet(() -> Explanation.of(
                "an error answer of an authority",
                List.of(Finding.of(
                        "entra-refused",
                        CERTAIN,
                        Text.shown(error),
                        description.isEmpty() ? "no description" : description,
                        "an answer without an AADSTS code comes from something in between, or is RFC 6749's own",
                        "RFC 6749 5.2",
                        "see the authority's words; check its address and tenant"))));
        boolean challenge = StrictJson.text(document, "claims").isPresent();
        if (!challenge) {
            return Optional.of(explanation);
        }
        List<Finding> findings = new ArrayList<>(explanation.findings());
        findings.add(Finding.of(
                "claims-challenge",
                CERTAIN,
                "",
                "the answer has a claims challenge",
                "the next request carries its claims member unchanged",
                "Microsoft identity platform, claims challenges",
                "sign in again, with these claims"));
        return Optional.of(new Explanation(explanation.subject(), explanation.facts(), findings));
    }

    private static Optional<Explanation> aadsts(String text, String error) {
        Set<Integer> codes = new LinkedHashSet<>();
        Matcher in = AADSTS.matcher(text);
        while (in.find()) {
            codes.add(Integer.parseInt(in.group(1)));
        }
        if (codes.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        for (int code : codes) {
            findings.add(aadsts(code, CERTAIN));
        }
        return Optional.of(
                Explanation.of("an answer of Entra" + (error.isEmpty() ? "" : ": " + Text.shown(error)), findings));
    }

    private static Finding aadsts(int code, Certainty certainty) {
        Optional<Aadsts.Entry> entry = Aadsts.find(code);
        return Finding.of(
                "aadsts-" + code,
                certainty,
                "",
                "AADSTS" + code,
                entry.map(Aadsts.Entry::meaning).orElse("a code that is not known here"),
                CODES,
                entry.map(Aadsts.Entry::remedy)
                        .orElse("look the code up at https://login.microsoftonline.com/error or in the sign-in log"));
    }

    private static Optional<Explanation> number(String text) {
        // eight digits that make an HRESULT or NTSTATUS are one, even where no letter is among them
        if (BARE_HEX.matcher(text).matches() && Long.parseLong(text, 16) >= SEVERE) {
            return number("0x" + text);
        }
        Matcher match = NUMBER.matcher(text);
        if (!match.matches()) {
            return BARE_HEX.matcher(text).matches() ? number("0x" + text) : Optional.empty();
        }
        BigInteger value = match.group(3) != null ? new BigInteger(match.group(3), 16) : new BigInteger(match.group(4));
        long number = match.group(2).equals("-") ? -value.longValue() : value.longValue();
        if (number < Integer.MIN_VALUE || number > UNSIGNED) {
            return Optional.empty();
        }
        long code = number & UNSIGNED;
        String kind = match.group(1) == null ? "" : match.group(1).toLowerCase(Locale.ROOT);
        if (kind.equals("aadsts")) {
            return aadsts("AADSTS" + code, "");
        }
        if (kind.equals("result") || kind.isEmpty() && (code >= SEVERE || code == 0)) {
            return Optional.of(severe(code, kind.isEmpty()));
        }
        List<Finding> readings = new ArrayList<>();
        if (!kind.equals("errinfo") && code >= 1 && code <= LAST_NEGOTIATION) {
            readings.add(negotiation((int) code, kind.isEmpty() ? LIKELY : CERTAIN));
        }
        boolean decimal = match.group(3) == null;
        if (kind.isEmpty() && decimal && Aadsts.find((int) code).isPresent()) {
            readings.add(aadsts((int) code, LIKELY));
        }
        ErrorInfo info = ErrorInfo.of(code);
        if (kind.equals("errinfo") || kind.isEmpty() && info.isKnown()) {
            readings.add(errorInfo(info, kind.isEmpty() ? readings.isEmpty() ? LIKELY : POSSIBLE : CERTAIN));
        }
        if (readings.isEmpty()) {
            readings.add(Finding.of(
                    "unknown-code",
                    POSSIBLE,
                    "",
                    String.format("%d (0x%X)", code, code),
                    "no negotiation failure, error info, AADSTS code or status of this number is known",
                    "",
                    "say whose number it is: neg:N, errinfo:N, aadsts:N, result:N"));
        }
        return Optional.of(Explanation.of(String.format("the number %d (0x%X)", code, code), readings));
    }

    /** A result, and where it has no name as such, what else the number may be. */
    private static Explanation severe(long code, boolean guess) {
        Explanation result = ResultExplainer.explain(new AuthenticationResult(code));
        NtStatus status = NtStatus.of(code);
        if (!guess
                || code == AuthenticationResult.SEC_E_INVALID_TOKEN.code()
                || status.name().equals("unknown")
                || result.isFaulty()
                || code == 0) {
            return result;
        }
        List<Finding> findings = new ArrayList<>(result.findings());
        findings.add(Finding.of(
                "credssp-status",
                POSSIBLE,
                "",
                status.name(),
                "with NLA: " + status.meaning(),
                "MS-CSSP 2.2.1, MS-ERREF 2.3.1",
                status.remedy()));
        return new Explanation(result.subject(), result.facts(), findings);
    }

    private static Finding negotiation(int code, Certainty certainty) {
        NegotiationFailure failure = new NegotiationFailure(code);
        return Finding.of(
                "negotiation-failure",
                certainty,
                "",
                "RDP_NEG_FAILURE " + failure.name() + " (" + code + ")",
                failure.meaning(),
                NEGOTIATION,
                failure.remedy());
    }

    private static Finding errorInfo(ErrorInfo info, Certainty certainty) {
        return Finding.of(
                "error-info",
                certainty,
                "",
                String.format("%s (0x%08X)", info.name(), info.code()),
                info.meaning(),
                ERROR_INFO,
                info.remedy());
    }

    private static Optional<Explanation> name(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        Optional<AuthenticationResult> result = AuthenticationResult.named().stream()
                .filter(r -> r.name().equals(name))
                .findFirst();
        if (result.isPresent()) {
            return result.map(ResultExplainer::explain);
        }
        for (int code = 1; code <= LAST_NEGOTIATION; code++) {
            if (new NegotiationFailure(code).name().equals(name)) {
                return Optional.of(Explanation.of(name, List.of(negotiation(code, CERTAIN))));
            }
        }
        Optional<Finding> info = ErrorInfo.all().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .map(i -> errorInfo(i, CERTAIN));
        Optional<Finding> status = NtStatus.all().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .map(s -> Finding.of(
                        "status",
                        CERTAIN,
                        "",
                        String.format("%s (0x%08X)", s.name(), s.code()),
                        s.meaning(),
                        "MS-ERREF 2.3.1",
                        s.remedy()));
        return info.or(() -> status).map(f -> Explanation.of(name, List.of(f)));
    }

    /** What a failure that was reported in parts means. */
    static Optional<Explanation> reported(Map<String, ?> details) {
        Object code = details.get("code");
        if (!(code instanceof Number number)) {
            return Optional.empty();
        }
        String authority = String.valueOf(details.get("authority")).toLowerCase(Locale.ROOT);
        long value = number.longValue() & UNSIGNED;
        if (authority.contains("authentication_result")) {
            return number("result:" + value);
        }
        if (authority.equals("entra")) {
            return aadsts("AADSTS" + value, "");
        }
        if (authority.contains("neg_failure")) {
            return number("neg:" + value);
        }
        return authority.contains("errorinfo") || authority.contains("errinfo")
                ? number("errinfo:" + value)
                : Optional.empty();
    }
}
