package porthole.transport.tls;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import porthole.transport.CertificateHashes;
import porthole.transport.CertificatePin;

/**
 * Certificates by endpoint in a text file.
 *
 * <p>One endpoint a line: {@code HOST:PORT PIN...}, separated by blanks. HOST is in lower case, an IPv6 address in brackets. A PIN is
 * {@code sha256:HEX} (the certificate) or {@code spki:BASE64} (its public key), at least one of them; words of another form behind
 * the endpoint are kept and not read. An endpoint may have several lines, of which any one may match. Lines that begin with
 * {@code #}, that have another form, or that are longer than 2048 octets are comments: never read, always kept.
 *
 * <p>Every change is written to another file, readable by its owner only, that then takes this one's place; writers take turns by a
 * lock on a file with {@code .lock} behind its name. Usable from any thread.
 */
public final class KnownHosts {
    private static final int LONGEST_LINE = 2048;
    private static final Object IN_THIS_PROCESS = new Object(); // file locks are for other processes

    private final Path file;

    public KnownHosts(Path file) {
        this.file = file;
    }

    /** A line that can be used. */
    public record Entry(String endpoint, List<CertificatePin> pins) {
        public Entry {
            pins = List.copyOf(pins);
        }

        private boolean has(CertificatePin.Kind kind, CertificateHashes hashes) {
            return pins.stream().anyMatch(pin -> pin.kind() == kind && pin.matches(hashes));
        }

        /** The endpoint and its pins, as in the file. */
        @Override
        public String toString() {
            StringBuilder line = new StringBuilder(endpoint);
            pins.forEach(pin -> line.append(' ').append(pin));
            return line.toString();
        }
    }

    /** What the file says of a certificate. */
    public enum Verdict {
        /** The endpoint was not known and is now. */
        ADDED,
        /** The same certificate as before. */
        KNOWN,
        /** Another certificate for the same public key; it is the kept one now. */
        RENEWED,
        /** Neither the certificate nor its key is the kept one. */
        CHANGED
    }

    /** All usable lines. */
    public List<Entry> list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        scan(entry -> {
            entries.add(entry);
            return true;
        });
        return entries;
    }

    /** The usable lines of one endpoint. */
    public List<Entry> find(String endpoint) throws IOException {
        String wanted = plain(endpoint);
        List<Entry> entries = new ArrayList<>();
        scan(entry -> {
            if (entry.endpoint().equals(wanted)) {
                entries.add(entry);
            }
            return true;
        });
        return entries;
    }

    /** Keeps a certificate for an endpoint, in the place of whatever was kept for it. */
    public void put(String endpoint, CertificateHashes hashes) throws IOException {
        String wanted = plain(endpoint);
        changing(() -> {
            rewrite(entry -> !entry.endpoint().equals(wanted), Optional.of(line(wanted, hashes)));
            return null;
        });
    }

    /** Removes an endpoint and tells how many lines it had. */
    public int remove(String endpoint) throws IOException {
        String wanted = plain(endpoint);
        return changing(() -> {
            int lines = find(wanted).size();
            if (lines > 0) {
                rewrite(entry -> !entry.endpoint().equals(wanted), Optional.empty());
            }
            return lines;
        });
    }

    /** Compares a certificate with what is kept, and keeps it where that is right. */
    public Verdict judge(String endpoint, CertificateHashes hashes) throws IOException {
        String wanted = plain(endpoint);
        Verdict verdict = compare(find(wanted), hashes);
        if (verdict == Verdict.KNOWN || verdict == Verdict.CHANGED) {
            return verdict; // so that a file that is only readable serves too
        }
        return changing(() -> {
            Verdict now = compare(find(wanted), hashes); // another process may have been faster
            if (now == Verdict.ADDED) {
                rewrite(entry -> true, Optional.of(line(wanted, hashes)));
            } else if (now == Verdict.RENEWED) {
                rewrite(
                        entry -> !entry.endpoint().equals(wanted) || !entry.has(CertificatePin.Kind.PUBLIC_KEY, hashes),
                        Optional.of(line(wanted, hashes)));
            }
            return now;
        });
    }

    private static Verdict compare(List<Entry> entries, CertificateHashes hashes) {
        if (entries.isEmpty()) {
            return Verdict.ADDED;
        }
        if (entries.stream().anyMatch(entry -> entry.has(CertificatePin.Kind.CERTIFICATE, hashes))) {
            return Verdict.KNOWN;
        }
        return entries.stream().anyMatch(entry -> entry.has(CertificatePin.Kind.PUBLIC_KEY, hashes))
                ? Verdict.RENEWED
                : Verdict.CHANGED;
    }

    private static String plain(String endpoint) {
        return endpoint.toLowerCase(Locale.ROOT);
    }

    private static String line(String endpoint, CertificateHashes hashes) {
        return endpoint + " " + hashes;
    }

    private static Optional<Entry> parse(byte[] octets) {
        String line = new String(octets, StandardCharsets.UTF_8).strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        String[] words = line.split("\\s+");
        List<CertificatePin> pins = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            if (words[i].startsWith("sha256:") || words[i].startsWith("spki:")) {
                try {
                    pins.add(CertificatePin.parse(words[i]));
                } catch (IllegalArgumentException noPin) {
                    return Optional.empty();
                }
            }
        }
        return pins.isEmpty() ? Optional.empty() : Optional.of(new Entry(plain(words[0]), pins));
    }

    private void scan(Predicate<Entry> keep) throws IOException {
        filter(keep, OutputStream.nullOutputStream());
    }

    /** Copies all lines but the usable ones that {@code keep} drops; needs no more memory than the longest usable line. */
    private void filter(Predicate<Entry> keep, OutputStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean tooLong = false;
            int octet = in.read();
            while (octet >= 0) {
                line.write(octet);
                if (octet == '\n') {
                    copy(line, tooLong, keep, out);
                    tooLong = false;
                } else if (line.size() > LONGEST_LINE) {
                    line.writeTo(out);
                    line.reset();
                    tooLong = true;
                }
                octet = in.read();
            }
            if (line.size() > 0 || tooLong) {
                line.write('\n');
                copy(line, tooLong, keep, out);
            }
        } catch (NoSuchFileException none) {
            // nothing is known yet
        }
    }

    private static void copy(ByteArrayOutputStream line, boolean tooLong, Predicate<Entry> keep, OutputStream out)
            throws IOException {
        Optional<Entry> entry = tooLong ? Optional.empty() : parse(line.toByteArray());
        if (entry.isEmpty() || keep.test(entry.get())) {
            line.writeTo(out);
        }
        line.reset();
    }

    private void rewrite(Predicate<Entry> keep, Optional<String> added) throws IOException {
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(); // a link stays a link
        Path fresh = Files.createTempFile(place.getParent(), ".known-hosts", ".part"); // for its owner only
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                filter(keep, out);
                if (added.isPresent()) {
                    out.write((added.get() + "\n").getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
                channel.force(true);
            }
            try {
                Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    @FunctionalInterface
    private interface Change<T> {
        T run() throws IOException;
    }

    private <T> T changing(Change<T> change) throws IOException {
        Path whole = file.toAbsolutePath();
        Files.createDirectories(whole.getParent());
        Path turn = whole.resolveSibling(whole.getFileName() + ".lock"); // the file itself is replaced
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = OwnFiles.append(turn);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException(turn + " cannot be locked");
                }
                return change.run();
            }
        }
    }
}
