package porthole.client.explain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.aad.explain.AssertionContext;
import porthole.aad.explain.AssertionExplainer;
import porthole.aad.explain.CodeExplainer;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.TokenExplainer;
import porthole.client.capture.BundleFile;
import porthole.client.capture.Capture;
import porthole.protocol.wire.Bytes;

/** Finds out what an input is and explains it; shows no secret that is in it. */
public final class Explainer {
    private static final int MAXIMUM_TEXT = 1 << 20;
    private static final Pattern ASSERTION = Pattern.compile("\"rdp_assertion\"\\s*:\\s*\"([^\"]*)\"?");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{32,}");

    private Explainer() {}

    /** Explains a file or a folder; empty where it is nothing that is known. */
    public static Optional<Explanation> file(Path path, AssertionContext context) throws IOException {
        if (BundleFile.recognises(path)) {
            return Optional.of(SavedBundle.explain(BundleFile.read(path), context));
        }
        if (Files.isRegularFile(path) && Files.size(path) <= MAXIMUM_TEXT) {
            Optional<Explanation> text = octets(Bytes.of(Files.readAllBytes(path)), context);
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.of(CaptureExplainer.explain(Capture.open(path), context));
    }

    /**
     * Explains octets from a file or a pipe. The octets of an Authentication Request PDU are taken as they went out, unless
     * they end in a line break, as text does that a person saved.
     */
    public static Optional<Explanation> octets(Bytes octets, AssertionContext context) {
        String text = InputForms.text(octets.toArray());
        if (ASSERTION.matcher(text).find() && !text.contains("\"event\"")) {
            boolean saved = text.endsWith("\n") && text.indexOf('\0') < 0;
            return pdu(text, saved ? context : context.withSent(octets));
        }
        return text(text, context);
    }

    /**
     * Explains what came through a pipe, which may be a recording or a support bundle as well.
     *
     * @param source for messages
     */
    public static Optional<Explanation> piped(String source, Bytes octets, AssertionContext context)
            throws IOException {
        byte[] all = octets.toArray();
        if (BundleFile.recognises(all)) {
            return Optional.of(
                    SavedBundle.explain(BundleFile.read(Path.of(source), new ByteArrayInputStream(all)), context));
        }
        return Capture.isRecording(all)
                ? Optional.of(CaptureExplainer.explain(Capture.recording(source, octets), context))
                : octets(octets, context);
    }

    /** Explains a text; empty where it is nothing that is known. */
    public static Optional<Explanation> text(String text, AssertionContext context) {
        String input = text.replaceFirst("^[\uFEFF\\s]+", "").strip();
        Optional<Explanation> known = known(input, context);
        return known.or(() -> InputForms.inside(input).flatMap(inner -> known(inner, context)))
                .or(() -> InputForms.code(input).flatMap(CodeExplainer::explain));
    }

    private static Optional<Explanation> known(String input, AssertionContext context) {
        String digits = input.replaceFirst("^0[xX]", "").replaceAll("[\\s:,-]|(?<=[\\s,])0[xX]", "");
        if (digits.length() % 2 == 0 && HEX.matcher(digits).matches()) {
            return octets(Bytes.of(HexFormat.of().parseHex(digits)), context).or(() -> CodeExplainer.explain(input));
        }
        if (ASSERTION.matcher(input).find() && !input.contains("\"event\"")) {
            return pdu(input, context);
        }
        if (TokenExplainer.looksLikeOne(input)) {
            return Optional.of(TokenExplainer.explain(input, context));
        }
        return SavedResult.explain(input).or(() -> CodeExplainer.explain(input));
    }

    private static Optional<Explanation> pdu(String text, AssertionContext context) {
        Matcher assertion = ASSERTION.matcher(text);
        return assertion.find()
                ? Optional.of(AssertionExplainer.explain(assertion.group(1), context))
                : Optional.empty();
    }
}
