package porthole.client.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out what kind of capture a path is. */
final class CaptureFiles {
    private CaptureFiles() {}

    static Capture open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (Files.exists(path.resolve(RecordedFolder.TIMING))) {
                return RecordedFolder.read(path);
            }
            if (Files.exists(path.resolve(SinglePdus.INDEX))) {
                return SinglePdus.only(path);
            }
            throw new CaptureException(
                    path,
                    "",
                    "neither a timing.json with streams nor an index.json of single PDUs lies in this folder");
        }
        if (!Files.exists(path)) {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null && Files.exists(folder.resolve(SinglePdus.INDEX))) {
                return SinglePdus.read(folder, path.getFileName().toString());
            }
            throw new CaptureException(path, "", "no such file or folder");
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(Math.max(FreerdpDump.HEADER, RecordingReader.MAGIC.length));
        }
        if (RecordingReader.recognises(head)) {
            return RecordingReader.read(path);
        }
        if (BundleFile.recognises(head)) {
            return BundleFile.read(path).last();
        }
        if (FreerdpDump.recognises(head)) {
            return FreerdpDump.read(path);
        }
        throw new CaptureException(
                path,
                "offset 0",
                head.length == 0
                        ? "the file is empty"
                        : "neither a Porthole recording (a first line that begins with {\"porthole-recording\"), nor a support bundle, nor a FreeRDP dump");
    }
}
