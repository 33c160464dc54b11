package porthole.client.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.wire.Bytes;

/**
 * A recorded session: what went both ways above TLS, in order, and the moments at which the meaning of the streams changed.
 *
 * @param source what was read, for messages
 * @param origin with what the streams begin
 * @param chunks in the order in which they passed
 * @param marks in order
 * @param serverCertificate DER octets of the certificate that the host showed, where they were recorded
 * @param complete whether the recording says that it was brought to its end
 * @param secrets what decrypts the messages, where standard RDP security was used and somebody kept it
 */
public record Capture(
        String source,
        Origin origin,
        List<Chunk> chunks,
        List<Mark> marks,
        Optional<Bytes> serverCertificate,
        boolean complete,
        Optional<SessionSecrets> secrets) {

    /** The name of the mark that says TLS is in place. */
    public static final String TLS = "tls";

    /** The name of the mark that has the secrets of standard RDP security, where a recording keeps secrets. */
    static final String KEYS = "session-keys";

    /** The name of the mark that ends a recording. */
    public static final String END = "end";

    /** The most octets that a capture may hold. */
    static final long MAX_OCTETS = 512L << 20;

    public Capture {
        chunks = List.copyOf(chunks);
        marks = List.copyOf(marks);
    }

    Capture(
            String source,
            Origin origin,
            List<Chunk> chunks,
            List<Mark> marks,
            Optional<Bytes> serverCertificate,
            boolean complete) {
        this(source, origin, chunks, marks, serverCertificate, complete, Optional.empty());
    }

    /** The same with what decrypts its messages. */
    public Capture withSecrets(SessionSecrets value) {
        return new Capture(source, origin, chunks, marks, serverCertificate, complete, Optional.of(value));
    }

    /** The same as whoever does not know its secrets has it. */
    public Capture withoutSecrets() {
        return new Capture(source, origin, chunks, marks, serverCertificate, complete);
    }

    /** What a capture begins with. */
    public enum Origin {
        /** The first octet of the connection. */
        FIRST_OCTET,
        /** The MCS Connect Initial PDU, as in FreeRDP's own dumps: negotiation and authentication are missing. */
        MCS_CONNECT
    }

    /**
     * Octets that passed together.
     *
     * @param at time since the recording began
     */
    public record Chunk(Duration at, Direction direction, Bytes octets) {}

    /**
     * A moment at which the meaning of the streams changes.
     *
     * @param name {@link #TLS}, {@code security}, {@link #END} or what else a recorder noted
     * @param clientOffset octets of the client before it
     * @param serverOffset octets of the host before it
     * @param facts by name, for example version and cipher
     */
    public record Mark(Duration at, String name, long clientOffset, long serverOffset, Map<String, String> facts) {
        public Mark {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /**
     * Reads a capture of any known kind: a folder of a recording ({@code timing.json}, {@code c2s.bin}, {@code s2c.bin}), the
     * common beginning of the names of single PDU files beside an {@code index.json}, a file of FreeRDP's
     * {@code /dump:record}, our own recording, or a support bundle, of which it is the connection that failed last.
     */
    public static Capture open(Path path) throws IOException {
        return CaptureFiles.open(path);
    }

    /** Whether octets begin as our own recordings do. */
    public static boolean isRecording(byte[] head) {
        return RecordingReader.recognises(head);
    }

    /**
     * Reads our own recording from octets.
     *
     * @param source for messages
     */
    public static Capture recording(String source, Bytes octets) throws IOException {
        return RecordingReader.read(Path.of(source), new ByteArrayInputStream(octets.toArray()));
    }

    /** All captures of a folder of single PDU files, by the common beginning of their names. */
    public static Map<String, Capture> openAll(Path folder) throws IOException {
        return SinglePdus.readAll(folder);
    }

    /** All octets of one direction. */
    public Bytes stream(Direction direction) {
        int size = 0;
        for (Chunk chunk : chunks) {
            size += chunk.direction() == direction ? chunk.octets().size() : 0;
        }
        byte[] all = new byte[size];
        int at = 0;
        for (Chunk chunk : chunks) {
            if (chunk.direction() == direction) {
                byte[] part = chunk.octets().toArray();
                System.arraycopy(part, 0, all, at, part.length);
                at += part.length;
            }
        }
        return Bytes.of(all);
    }

    /** The moment from which on the octets went through TLS, if they did. */
    public Optional<Mark> tls() {
        return mark(TLS);
    }

    /** The first mark of that name. */
    public Optional<Mark> mark(String name) {
        return marks.stream().filter(mark -> mark.name().equals(name)).findFirst();
    }
}
