package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import porthole.client.safe.Pseudonyms;
import porthole.client.safe.SafeFacts;
import porthole.protocol.wire.Bytes;

/**
 * Keeps a connection in memory as somebody else may see it: a recording whose messages {@link SafePdu} made. What passes is
 * never kept in any other form. What has no stand-in is counted by kind. Usable from any thread.
 */
public final class SafeTranscript implements Recorder {
    private static final int MOST_OCTETS = 8 << 20;

    private final Pseudonyms names;
    private final SafeFacts facts;
    private final SafePdu pdus;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final ByteArrayOutputStream together = new ByteArrayOutputStream();
    private final RecordingLines lines = new RecordingLines(text);
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final List<Map<String, Object>> certificates = new ArrayList<>();
    private CaptureDecoder decoder;
    private Duration last = Duration.ZERO;
    private boolean ended;

    public SafeTranscript(Pseudonyms names, SafeFacts facts) {
        this.names = names;
        this.facts = facts;
        this.pdus = new SafePdu(names);
        again();
    }

    @Override
    public synchronized void again() {
        text.reset();
        together.reset();
        leftOut.clear();
        decoder = new CaptureDecoder(Capture.Origin.FIRST_OCTET, Optional.empty(), this::message);
        write(() -> lines.header(false, Map.of()));
    }

    @Override
    public synchronized void octets(Duration at, Direction direction, ByteBuf octets) {
        later(at);
        if (!ended) {
            decoder.octets(last, direction, Bytes.of(ByteBufUtil.getBytes(octets)));
            flush(direction); // what came together stays together
        }
    }

    private void flush(Direction direction) {
        if (together.size() > 0) {
            byte[] octets = together.toByteArray();
            together.reset();
            write(() -> lines.data(last, direction, octets));
        }
    }

    private void message(DecodedPdu pdu, FrameCutter.Kind kind, ByteBuf frame) {
        Optional<byte[]> safe = text.size() > MOST_OCTETS ? Optional.empty() : pdus.of(pdu, kind, frame);
        if (safe.isPresent()) {
            together.writeBytes(safe.get());
        } else {
            leftOut.merge(kind(pdu), 1, Integer::sum);
        }
    }

    /** The name without what stands in brackets, which may be a channel that somebody named. */
    private static String kind(DecodedPdu pdu) {
        int bracket = pdu.name().indexOf('(');
        return (bracket < 0 ? pdu.name() : pdu.name().substring(0, bracket)).strip()
                + (pdu.isSealed() ? ", encrypted" : "")
                + (pdu.problem().isPresent() ? ", malformed" : "");
    }

    @Override
    public synchronized void tls(Duration at, String version, String cipher, Optional<byte[]> certificate) {
        later(at);
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("version", version);
        known.put("cipher", cipher);
        write(() -> lines.tls(last, texts(facts.of(known)), Optional.empty()));
    }

    @Override
    public synchronized void certificates(List<X509Certificate> chain, boolean trusted) {
        for (int i = 0; i < chain.size(); i++) {
            certificates.add(SafeCertificate.facts(chain.get(i), i, trusted, names));
        }
    }

    @Override
    public synchronized void mark(Duration at, String name, Map<String, ?> known) {
        later(at);
        if (name.equals("stage") || name.equals("failed") || name.equals("negotiation")) {
            Map<String, ?> told = new LinkedHashMap<>(known);
            told.remove("line"); // the failure is told in parts beside the transcript
            write(() -> lines.mark(last, name, texts(facts.of(told))));
        }
    }

    private static Map<String, String> texts(Map<String, Object> known) {
        Map<String, String> texts = new LinkedHashMap<>();
        known.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    @Override
    public synchronized void end(Duration at, String reason) {
        if (ended) {
            return;
        }
        later(at);
        decoder.end(); // what is incomplete has no stand-in
        ended = true;
        boolean byHost = reason.contains("host") || reason.contains("server");
        write(() -> lines.mark(last, Capture.END, Map.of("reason", byHost ? "ended by the host" : "ended")));
    }

    private void later(Duration at) {
        last = at.compareTo(last) > 0 ? at : last;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing line) {
        try {
            line.run();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    /** The recording so far, ended where the connection is not over yet. */
    public synchronized byte[] recording() {
        end(last, "cut off here");
        return text.toByteArray();
    }

    /** How many messages of which kind have no stand-in. */
    public synchronized Map<String, Integer> leftOut() {
        return new TreeMap<>(leftOut);
    }

    /** What the certificates were like that were shown, of gateway and host. */
    public synchronized List<Map<String, Object>> certificates() {
        return List.copyOf(certificates);
    }
}
