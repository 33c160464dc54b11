package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import porthole.protocol.wire.Bytes;

/**
 * Writes a session to a file of its own format: one JSON object a line, from the first octet of the connection on.
 *
 * <pre>
 * {"porthole-recording":1,"start":"first-octet","secrets":false,"started":"2026-01-31T12:00:00Z","target":"host:3389"}
 * {"t":0.000123,"dir":"c2s","data":"AwAAKi..."}                       octets above TLS, Base64
 * {"t":0.004512,"mark":"tls","version":"TLSv1.3","cipher":"...","certificate":"MIID..."}    from here on through TLS
 * {"t":0.002512,"mark":"negotiation","attempt":"1","layers":"[aad]",...}    for each offer that the host was made
 * {"t":0.104512,"mark":"stage","stage":"authentication","millis":"95.1"}
 * {"t":9.002,"mark":"end","reason":"..."}                             the last line of a complete recording
 * </pre>
 *
 * <p>{@code t} counts seconds from the start and never goes back; {@code dir} is {@code c2s} or {@code s2c}. Unless secrets were
 * asked for by name, the streams are cut into messages and what is secret in them is overwritten by as many other octets: each
 * line then holds one message, and what the client says beyond the decoder's understanding is overwritten as a whole.
 *
 * <p>The file is readable by its owner only. A full disk stops the recording, not the session; {@link #failure} tells. Usable from
 * any thread.
 */
public final class RecordingWriter implements Recorder, Closeable {
    /** What every line of a recording has of its own. */
    private static final Set<String> NOT_FOR_FACTS = Set.of("t", "mark", "certificate");

    private final boolean secrets;
    private final SeekableByteChannel file;
    private final OutputStream out;
    private final RecordingLines lines;
    private CaptureDecoder decoder;
    private long header;
    private Duration last = Duration.ZERO;
    private IOException failure;
    private boolean closed;

    private RecordingWriter(SeekableByteChannel file, boolean secrets) {
        this.file = file;
        this.out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
        this.lines = new RecordingLines(out);
        this.secrets = secrets;
        this.decoder = new CaptureDecoder(Capture.Origin.FIRST_OCTET, Optional.empty(), this::message);
    }

    /**
     * Begins a recording; a file of that name is replaced.
     *
     * @param started wall clock time for the header, in ISO 8601
     * @param target of the connection, for the header
     * @param recordSecrets keeps passwords, tokens and what is typed; a recording is then as good as the password
     */
    public static RecordingWriter create(Path file, String started, String target, boolean recordSecrets)
            throws IOException {
        Files.deleteIfExists(file);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        RecordingWriter writer = new RecordingWriter(
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode),
                recordSecrets);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("started", started);
        facts.put("target", target);
        writer.lines.header(recordSecrets, facts);
        writer.out.flush();
        writer.header = writer.file.position();
        return writer;
    }

    /** Drops everything behind the header: the octets that follow are those of another connection. */
    @Override
    public synchronized void again() {
        if (failure != null || closed) {
            return;
        }
        try {
            out.flush();
            file.truncate(header).position(header);
        } catch (IOException e) {
            failure = e;
        }
        decoder = new CaptureDecoder(Capture.Origin.FIRST_OCTET, Optional.empty(), this::message);
    }

    @Override
    public synchronized void octets(Duration at, Direction direction, ByteBuf octets) {
        Duration time = later(at);
        byte[] copy = ByteBufUtil.getBytes(octets);
        if (secrets) {
            data(time, direction, copy);
        } else {
            decoder.octets(time, direction, Bytes.of(copy));
        }
    }

    private void message(DecodedPdu pdu, FrameCutter.Kind kind, ByteBuf frame) {
        byte[] copy = ByteBufUtil.getBytes(frame);
        Redactor.redact(pdu, copy);
        data(last, pdu.direction(), copy);
    }

    @Override
    public synchronized void tls(Duration at, String version, String cipher, Optional<byte[]> certificate) {
        Duration time = later(at);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", version);
        facts.put("cipher", cipher);
        write(() -> lines.tls(time, facts, certificate));
    }

    /** Kept only where secrets are. */
    @Override
    public synchronized void keys(Duration at, SessionSecrets keys) {
        if (secrets) {
            mark(
                    at,
                    Capture.KEYS,
                    Map.of(SessionSecrets.CLIENT_RANDOM, keys.clientRandom().toHex()));
        }
    }

    @Override
    public synchronized void mark(Duration at, String name, Map<String, ?> facts) {
        Duration time = later(at);
        Map<String, String> texts = new LinkedHashMap<>();
        facts.forEach((fact, value) -> texts.put(fact, String.valueOf(value)));
        texts.keySet().removeAll(NOT_FOR_FACTS);
        write(() -> lines.mark(time, name, texts));
    }

    /** Ends the recording: it is complete then. */
    @Override
    public synchronized void end(Duration at, String reason) {
        if (closed) {
            return;
        }
        later(at);
        if (!secrets) {
            decoder.end();
        }
        mark(last, Capture.END, Map.of("reason", reason));
        try {
            close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    /** Why the recording stopped before its end, if it did. */
    public synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Closes the file without the mark of its end. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        out.close();
    }

    private Duration later(Duration at) {
        if (at.compareTo(last) > 0) {
            last = at;
        }
        return last;
    }

    private void data(Duration at, Direction direction, byte[] octets) {
        write(() -> lines.data(at, direction, octets));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing line) {
        if (failure != null || closed) {
            return;
        }
        try {
            line.run();
        } catch (IOException e) {
            failure = e;
        }
    }
}
