package porthole.client.capture;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads a support bundle: a ZIP file with {@link #ABOUT} in it, read within limits and never unpacked. */
public final class BundleFile {
    /** What the bundle is, and what made it. */
    public static final String ABOUT = "about.json";

    /** The stages and the failure of an attempt, as {@code probe --json} prints them. */
    public static final String RESULT = "result.jsonl";

    /** What was found out about the failure of an attempt. */
    public static final String FINDINGS = "findings.json";

    /** How the names of recordings end. */
    public static final String RECORDING = ".porthole";

    private static final byte[] MAGIC = {'P', 'K', 3, 4};
    private static final int MOST_FILES = 1000;
    private static final int MOST_OCTETS = 128 << 20;

    private final Path path;
    private final Map<String, byte[]> files;

    private BundleFile(Path path, Map<String, byte[]> files) {
        this.path = path;
        this.files = files;
    }

    /** Whether the file begins as a ZIP file does. */
    public static boolean recognises(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return recognises(in.readNBytes(MAGIC.length));
        }
    }

    /** Whether octets begin as a ZIP file does. */
    public static boolean recognises(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads all of it into memory. */
    public static BundleFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return read(path, in);
        }
    }

    /** @param path for messages */
    public static BundleFile read(Path path, InputStream octets) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        int left = MOST_OCTETS;
        try (ZipInputStream in = new ZipInputStream(octets)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] file = in.readNBytes(left + 1);
                left -= file.length;
                if (left < 0 || files.size() >= MOST_FILES) {
                    throw new CaptureException(path, entry.getName(), "more than a support bundle holds");
                }
                files.put(entry.getName(), file);
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new CaptureException(path, "", "a damaged ZIP file: " + e.getMessage());
        } catch (EOFException e) {
            throw new CaptureException(path, "", "the ZIP file is cut off");
        }
        if (!files.containsKey(ABOUT)) {
            throw new CaptureException(path, "", "a ZIP file that is no support bundle: it has no " + ABOUT);
        }
        return new BundleFile(path, files);
    }

    /** The attempts, by the folders that they have in the bundle, the last one last. */
    public List<String> attempts() {
        List<String> attempts = new ArrayList<>();
        files.keySet().stream()
                .filter(name -> name.endsWith("/" + RESULT))
                .map(name -> name.substring(0, name.length() - RESULT.length()))
                .sorted(Comparator.comparing(String::length).thenComparing(name -> name))
                .forEach(attempts::add);
        return attempts;
    }

    /** A file as text. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(files.get(name)).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    /** The last connection of the attempt whose folder this is. */
    public Optional<Capture> recording(String attempt) throws IOException {
        Optional<String> name = files.keySet().stream()
                .filter(file -> file.startsWith(attempt) && file.endsWith(RECORDING))
                .max(Comparator.comparing(String::length).thenComparing(file -> file));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path shown = path.resolve(name.get().replace('\0', '_'));
        return Optional.of(RecordingReader.read(shown, new ByteArrayInputStream(files.get(name.get()))));
    }

    /** The last connection of all: of the last attempt that has one, and of one that failed before one that did not. */
    Capture last() throws IOException {
        List<String> attempts = new ArrayList<>(attempts());
        Collections.reverse(attempts);
        attempts.sort(Comparator.comparing(attempt -> !failed(attempt)));
        for (String attempt : attempts) {
            Optional<Capture> capture = recording(attempt);
            if (capture.isPresent()) {
                return capture.get();
            }
        }
        throw new CaptureException(path, "", "a support bundle without a connection: the attempt ended before one");
    }

    private boolean failed(String attempt) {
        return text(attempt + RESULT).map(text -> text.contains("\"failure\"")).orElse(false);
    }
}
