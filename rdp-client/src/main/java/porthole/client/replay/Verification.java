package porthole.client.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.protocol.wire.Bytes;

/**
 * What our client says in the situation of a recorded one, compared PDU by PDU and field by field.
 *
 * @param compared PDUs that both sent
 * @param differences all of them, in order; those with a reason are meant to be there
 */
public record Verification(int compared, List<Difference> differences) {
    /** What a person does, what channels carry, and goodbyes: not part of how a client is set up. */
    private static final Pattern NOT_COMPARED = Pattern.compile("(FastPathInput|InputEventPdu|ChannelChunk"
            + "|FrameAcknowledgePdu|DisconnectProviderUltimatum|SuppressOutputPdu|RefreshRectPdu|ShutdownRequestPdu"
            + "|Incomplete).*");

    /** Fields that cannot be the same twice, by PDU and field, with the reason. */
    private static final Map<Pattern, String> EXPLAINED = explained();

    public Verification {
        differences = List.copyOf(differences);
    }

    /**
     * One difference.
     *
     * @param n number among the compared PDUs, from 0 on
     * @param pdu by name
     * @param path of the field; empty where the PDU as a whole differs
     * @param recorded value, or a dash where there is none
     * @param sent value, or a dash where there is none
     * @param reason why that is as it should be; empty where it is not
     */
    public record Difference(int n, String pdu, String path, String recorded, String sent, String reason) {
        /** The difference in one line. */
        public String line() {
            return "PDU " + n + " " + pdu + (path.isEmpty() ? "" : ", " + path) + ": recorded " + recorded + ", sent "
                    + sent + (reason.isEmpty() ? "" : " (" + reason + ")");
        }
    }

    private static Map<Pattern, String> explained() {
        Map<Pattern, String> reasons = new LinkedHashMap<>();
        reasons.put(
                Pattern.compile("NewLicenseRequest\\..*(clientRandom|encryptedPremasterSecret\\..*)"),
                "random octets of the licence request");
        reasons.put(
                Pattern.compile("NewLicenseRequest\\..*"),
                "the licence request says which client asks; each client has its own");
        reasons.put(Pattern.compile("AutoDetectResponse\\..*(timeDelta|byteCount)"), "a measurement of the network");
        reasons.put(Pattern.compile("InitiateMultitransportResponse\\..*"), "each client declines UDP in its own way");
        return reasons;
    }

    /** @param recorded messages of both sides; @param sent messages of our client */
    static Verification of(List<DecodedPdu> recorded, List<DecodedPdu> sent) {
        List<DecodedPdu> theirs = compared(recorded);
        List<DecodedPdu> ours = compared(sent);
        List<Difference> differences = new ArrayList<>();
        int both = Math.min(theirs.size(), ours.size());
        for (int n = 0; n < both; n++) {
            if (!theirs.get(n).name().equals(ours.get(n).name())) {
                differences.add(new Difference(
                        n,
                        theirs.get(n).name(),
                        "",
                        theirs.get(n).name(),
                        ours.get(n).name(),
                        ""));
                return new Verification(n, differences); // from here on nothing stands beside its counterpart
            }
            compare(n, theirs.get(n), ours.get(n), differences);
        }
        if (theirs.size() > both) {
            String name = theirs.get(both).name();
            differences.add(new Difference(both, name, "", name, "-", ""));
        } else if (ours.size() > both) {
            String name = ours.get(both).name();
            differences.add(new Difference(both, name, "", "-", name, ""));
        }
        return new Verification(both, differences);
    }

    private static List<DecodedPdu> compared(List<DecodedPdu> pdus) {
        return pdus.stream()
                .filter(pdu -> pdu.direction() == Direction.CLIENT_TO_SERVER)
                .filter(pdu -> !NOT_COMPARED.matcher(pdu.name()).matches())
                .toList();
    }

    private static void compare(int n, DecodedPdu theirs, DecodedPdu ours, List<Difference> differences) {
        Map<String, String> recorded = values(theirs);
        Map<String, String> sent = values(ours);
        recorded.forEach((path, value) -> {
            String other = sent.remove(path);
            if (!value.equals(other)) {
                differences.add(difference(n, theirs.name(), path, value, other == null ? "-" : other));
            }
        });
        sent.forEach((path, value) -> differences.add(difference(n, theirs.name(), path, "-", value)));
    }

    /** Values by path; where a path comes more than once, it is numbered. */
    private static Map<String, String> values(DecodedPdu pdu) {
        Map<String, String> values = new LinkedHashMap<>();
        for (DecodedPdu.Field field : pdu.fields()) {
            String path = field.path();
            for (int i = 2; values.containsKey(path); i++) {
                path = field.path() + "#" + i;
            }
            values.put(path, text(field.value()));
        }
        return values;
    }

    private static String text(Object value) {
        return value instanceof Bytes octets ? octets.toHex() : String.valueOf(value);
    }

    private static Difference difference(int n, String pdu, String path, String recorded, String sent) {
        String reason = EXPLAINED.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches() || lengthOf(pdu, path, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return new Difference(n, pdu, path, recorded, sent, reason);
    }

    /** Whether the field is a length in a header around a PDU all of whose fields may differ. */
    private static boolean lengthOf(String pdu, String path, Pattern pattern) {
        return path.endsWith("ength") && pattern.matcher(pdu + ".any").matches();
    }

    /** Whether everything is as recorded, but for differences that are explained. */
    public boolean passed() {
        return first().isEmpty();
    }

    /** The first difference without a reason. */
    public Optional<Difference> first() {
        return differences.stream().filter(each -> each.reason().isEmpty()).findFirst();
    }
}
