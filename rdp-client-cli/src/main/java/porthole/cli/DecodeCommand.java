package porthole.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import porthole.cli.base.UsageException;
import porthole.cli.option.Values;
import porthole.cli.output.Output;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.CaptureException;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.client.capture.SessionSecrets;
import porthole.protocol.wire.Bytes;

/** Names every PDU of a capture, or of octets from anywhere, with its fields. */
@Command(
        name = "decode",
        description = "Name every PDU of a capture with its fields and their offsets.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole decode session.porthole",
            "  porthole decode 0300001302e00000000000010008000b000000",
            "  tshark -r a.pcap -T fields -e tcp.payload | head -1 | porthole decode - --json",
            "",
            "A capture of standard RDP security is encrypted; --keys decrypts it.",
            "Passwords and tokens are shown as their length unless --secrets is given.",
            "Exit code 31 says that something could not be read to its end; the rest is printed all the same."
        })
final class DecodeCommand extends PortholeCommand {
    private static final int MAXIMUM_INPUT = 64 << 20;
    private static final int SHOWN_OCTETS = 24;
    private static final List<String> SECRET_FIELDS =
            List.of("password", "rdp_assertion", "assertion", "redirectionguid", "securityverifier", "arcrandombits");

    @Parameters(
            paramLabel = "CAPTURE|HEX|-",
            description = "A recording, a FreeRDP dump or a folder; hexadecimal octets of one PDU; or - for either on "
                    + "standard input.")
    private String input;

    @Option(
            names = "--direction",
            paramLabel = "c2s|s2c",
            description = "Which way a single PDU went, where it does not say so itself.")
    private String direction;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "JSON with the hexadecimal clientRandom of a capture of standard RDP security (default: "
                    + "keys.json in the folder of the capture).")
    private Path keys;

    @Option(names = "--no-fields", description = "One line for each PDU only.")
    private boolean noFields;

    @Option(names = "--secrets", description = "Show passwords and tokens, too.")
    private boolean secrets;

    @Override
    ExitCode run() throws IOException {
        List<DecodedPdu> pdus;
        try {
            pdus = pdus();
        } catch (CaptureException e) {
            complain(output(), "capture", e.getMessage());
            return ExitCode.UNREADABLE;
        }
        boolean unreadable = false;
        int sealed = 0;
        for (DecodedPdu pdu : pdus) {
            print(pdu);
            unreadable |= pdu.problem().isPresent();
            sealed += pdu.isSealed() ? 1 : 0;
        }
        if (sealed > 0) {
            output().say("porthole: " + sealed
                    + " messages are encrypted; --keys FILE with the client random decrypts them");
        }
        return unreadable ? ExitCode.UNREADABLE : ExitCode.OK;
    }

    private List<DecodedPdu> pdus() throws IOException {
        if (input.equals("-")) {
            byte[] octets = surroundings().in().readNBytes(MAXIMUM_INPUT + 1);
            if (octets.length > MAXIMUM_INPUT) {
                throw new UsageException("more than " + MAXIMUM_INPUT + " octets on standard input");
            }
            Optional<Bytes> hex = hex(new String(octets, StandardCharsets.ISO_8859_1));
            return hex.isPresent() ? List.of(lone(hex.get())) : ofFile(octets);
        }
        Path file = Path.of(input);
        if (!Files.exists(file)) {
            Optional<Bytes> hex = hex(input);
            if (hex.isPresent()) {
                return List.of(lone(hex.get()));
            }
        }
        return CaptureDecoder.decode(opened(file));
    }

    private Capture opened(Path file) throws IOException {
        Capture capture = Capture.open(file);
        return keys == null ? capture : capture.withSecrets(SessionSecrets.read(keys));
    }

    private List<DecodedPdu> ofFile(byte[] octets) throws IOException {
        Path file = Files.createTempFile("porthole", ".capture");
        try {
            Files.write(file, octets);
            return CaptureDecoder.decode(opened(file));
        } finally {
            Files.delete(file);
        }
    }

    private DecodedPdu lone(Bytes octets) {
        Optional<Direction> way = Optional.ofNullable(direction)
                .map(text -> Values.oneOf(Direction.class, "--direction", text, Direction::label));
        return CaptureDecoder.decodeLone(octets, way);
    }

    private static Optional<Bytes> hex(String text) {
        String digits = text.replaceAll("0[xX]|[\\s:,]", "");
        if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("[0-9A-Fa-f]+")) {
            return Optional.empty();
        }
        return Optional.of(Bytes.of(HexFormat.of().parseHex(digits)));
    }

    private void print(DecodedPdu pdu) {
        if (output().isJson()) {
            output().json(object(pdu));
            return;
        }
        output().text(String.format(
                Locale.ROOT,
                "%5d %10.3f ms %s @%-8d %6d  %s",
                pdu.n(),
                pdu.time().toNanos() / 1e6,
                pdu.direction().label(),
                pdu.streamOffset(),
                pdu.length(),
                pdu.name()));
        if (!noFields) {
            for (DecodedPdu.Field field : pdu.fields()) {
                output().text(String.format(
                        "      %8s %5d  %s = %s",
                        field.offset() == DecodedPdu.Field.DERIVED ? "derived" : "+" + field.offset(),
                        field.length(),
                        field.path(),
                        text(field)));
            }
        }
        pdu.problem().ifPresent(problem -> output().text("      PROBLEM  " + problem.getMessage()));
    }

    private Map<String, Object> object(DecodedPdu pdu) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "pdu");
        object.put("n", pdu.n());
        object.put("ms", pdu.time());
        object.put("direction", pdu.direction().label());
        object.put("offset", pdu.streamOffset());
        object.put("length", pdu.length());
        object.put("name", pdu.name());
        if (!noFields) {
            List<Map<String, Object>> fields = new ArrayList<>();
            for (DecodedPdu.Field field : pdu.fields()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("path", field.path());
                one.put("offset", field.offset() == DecodedPdu.Field.DERIVED ? null : field.offset());
                one.put("length", field.length());
                one.put("value", value(field));
                fields.add(one);
            }
            object.put("fields", fields);
        }
        pdu.problem().ifPresent(problem -> object.put("problem", Output.object(problem.report())));
        return object;
    }

    private boolean isSecret(DecodedPdu.Field field) {
        String path = field.path().toLowerCase(Locale.ROOT);
        return !secrets && field.length() > 0 && SECRET_FIELDS.stream().anyMatch(path::endsWith);
    }

    private Object value(DecodedPdu.Field field) {
        if (isSecret(field)) {
            return "(secret, " + field.length() + " octets)";
        }
        return field.value() instanceof Bytes bytes ? HexFormat.of().formatHex(bytes.toArray()) : field.value();
    }

    private String text(DecodedPdu.Field field) {
        if (isSecret(field)) {
            return String.valueOf(value(field));
        }
        if (field.value() instanceof Long number) {
            return number < 10 && number >= 0 ? number.toString() : String.format("%d (0x%X)", number, number);
        }
        if (field.value() instanceof Bytes bytes) {
            byte[] octets = bytes.toArray();
            boolean cut = octets.length > SHOWN_OCTETS;
            return HexFormat.of().formatHex(octets, 0, Math.min(octets.length, SHOWN_OCTETS))
                    + (cut ? "... (" + octets.length + " octets)" : "");
        }
        return "\"" + field.value() + "\"";
    }
}
