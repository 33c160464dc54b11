package porthole.client.explain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.aad.explain.AssertionContext;
import porthole.aad.explain.AssertionExplainer;
import porthole.aad.explain.Certainty;
import porthole.aad.explain.CodeExplainer;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.Finding;
import porthole.aad.explain.RefusedAssertion;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.protocol.wire.Bytes;

/** Explains how a recorded connection ended: what the host said, and to which octets it said it. */
final class CaptureExplainer {
    private static final Pattern NONCE = Pattern.compile("\"ts_nonce\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern REQUEST = Pattern.compile("\"rdp_assertion\"\\s*:\\s*\"([^\"]*)\"\\s*}?");
    private static final Pattern RESULT = Pattern.compile("\\{[^{}]*\"authentication_result\"[^{}]*}");
    private static final int TPKT = 0x03;

    private final Capture capture;
    private final String client;
    private final String server;

    private CaptureExplainer(Capture capture) {
        this.capture = capture;
        this.client = latin(capture.stream(Direction.CLIENT_TO_SERVER));
        this.server = latin(capture.stream(Direction.SERVER_TO_CLIENT));
    }

    static Explanation explain(Capture capture, AssertionContext context) {
        return new CaptureExplainer(capture).explain(context);
    }

    private static String latin(Bytes octets) {
        return new String(octets.toArray(), StandardCharsets.ISO_8859_1);
    }

    private Explanation explain(AssertionContext context) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("capture", capture.source());
        List<Finding> findings = new ArrayList<>();
        Matcher result = RESULT.matcher(server);
        Optional<Explanation> answer = result.find() ? CodeExplainer.explain(result.group()) : Optional.empty();
        answer.ifPresent(a -> facts.put("answer", a.subject()));
        Optional<Explanation> looked = Optional.empty();
        Matcher request = REQUEST.matcher(client);
        if (request.find()) {
            if (request.group(1).indexOf('.') > 0) {
                looked = Optional.of(AssertionExplainer.explain(request.group(1), evidence(context, request)));
            } else {
                facts.put("assertion", "not in the capture: recorded without its secrets");
            }
        }
        Optional<Explanation> all = looked.isPresent() && answer.isPresent()
                ? Optional.of(RefusedAssertion.of(looked.get(), answer.get()))
                : looked.or(() -> answer);
        all.ifPresent(found -> {
            found.facts().forEach(facts::putIfAbsent);
            findings.addAll(found.findings());
        });
        if (findings.isEmpty() || answer.isEmpty()) {
            refusals(findings);
        }
        return new Explanation("a recorded connection", facts, findings);
    }

    private AssertionContext evidence(AssertionContext context, Matcher request) {
        int from = capture.tls().map(mark -> (int) mark.clientOffset()).orElse(request.start() - 1);
        int end = request.end();
        while (end < client.length() && client.charAt(end) != TPKT) {
            end++;
        }
        Bytes sent = capture.stream(Direction.CLIENT_TO_SERVER).slice(Math.max(0, from), end - Math.max(0, from));
        AssertionContext known = context.withSent(sent);
        Matcher nonce = NONCE.matcher(server);
        if (!nonce.find()) {
            return known;
        }
        Optional<Duration> received = at(Direction.SERVER_TO_CLIENT, nonce.end());
        Optional<Duration> answered = at(Direction.CLIENT_TO_SERVER, request.start());
        AssertionContext withNonce = known.serverNonce().isPresent() ? known : known.withServerNonce(nonce.group(1));
        return received.isPresent() && answered.isPresent()
                ? withNonce.withServerNonceAge(answered.get().minus(received.get()))
                : withNonce;
    }

    /** When the octet at this offset of a stream passed. */
    private Optional<Duration> at(Direction direction, int offset) {
        int passed = 0;
        for (Capture.Chunk chunk : capture.chunks()) {
            if (chunk.direction() == direction) {
                passed += chunk.octets().size();
                if (passed >= offset) {
                    return Optional.of(chunk.at());
                }
            }
        }
        return Optional.empty();
    }

    /** What the host refused in other ways. */
    private void refusals(List<Finding> findings) {
        List<DecodedPdu> pdus = CaptureDecoder.decode(capture);
        for (DecodedPdu pdu : pdus) {
            for (DecodedPdu.Field field : pdu.fields()) {
                if (field.value() instanceof Long code && code != 0) {
                    String kind = field.path().endsWith("failureCode")
                            ? "neg:"
                            : field.path().endsWith(".errorInfo") ? "errinfo:" : "";
                    if (!kind.isEmpty()) {
                        CodeExplainer.explain(kind + code).ifPresent(e -> findings.addAll(e.findings()));
                    }
                }
            }
            pdu.problem()
                    .ifPresent(p -> findings.add(Finding.of(
                            "malformed-pdu",
                            Certainty.LIKELY,
                            "",
                            p.report().seen(),
                            p.report().expected(),
                            p.report().section(),
                            p.report().remedy())));
        }
        if (findings.isEmpty()) {
            String last = pdus.isEmpty() ? "nothing" : pdus.get(pdus.size() - 1).name();
            findings.add(new Finding(
                    "no-refusal-recorded",
                    Certainty.POSSIBLE,
                    "",
                    "the last message is " + last + "; " + pdus.size() + " messages",
                    "a host says why in a message, or closes the connection",
                    "",
                    "look at the host's event log at that time",
                    "see every message with: porthole decode",
                    List.of()));
        }
    }
}
