package porthole.protocol;

import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.wire.WireReader;

/**
 * Every update of a recording, decompressed and put together again.
 *
 * @param fastPathCode of a fast-path update, or {@link #SLOW_UPDATE}
 */
public record RecordedUpdates(String recording, int fastPathCode, byte[] body) {
    public static final int SLOW_UPDATE = -1;

    /** Recordings without a security header whose host used a bulk type that we know, or none. */
    public static Stream<Recording> readable() {
        return Stream.concat(
                Fixtures.recordings("freerdp-tls-xrdp").stream(),
                Stream.of(
                                "freerdp-aad/xrdp-login-screen",
                                "freerdp-gfx-shadow/bulk-level-0",
                                "freerdp-gfx-shadow/bulk-level-1",
                                "freerdp-gfx-shadow/bulk-level-2",
                                "freerdp-gfx-shadow/bulk-level-3",
                                "weston-rdp/tls-bpp32",
                                "freerdp-gfx-shadow/bulk-off",
                                "freerdp-rdp-xrdp/none",
                                "freerdp-gfx-shadow/rfx-image",
                                "weston-rdp/tls-rfx",
                                "weston-rdp/tls-nsc")
                        .map(Fixtures::recording));
    }

    public static List<RecordedUpdates> of(Recording recording) {
        List<RecordedUpdates> found = new ArrayList<>();
        BulkDecompressor bulk = new BulkDecompressor();
        FastPathUpdates fastPath = new FastPathUpdates(bulk, 1 << 24);
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.C2S) {
                continue;
            }
            if (row.frame().equals("fastpath")) {
                fastPath.read(
                        WireReader.of(recording.pdu(row), "FastPathOutput", FastPathOutput.SECTION),
                        (code, data) -> found.add(new RecordedUpdates(
                                recording.name(), code, data.rest("data").toArray())));
            } else if (row.kind().startsWith("update")) {
                for (ChannelData.ShareData share :
                        ChannelData.of(recording.pdu(row)).shareData()) {
                    byte[] plain = ByteBufUtil.getBytes(
                            bulk.decompress(share.compressedType(), WireReader.of(share.body(), "ShareData", "test")));
                    if (plain.length + 18 != share.uncompressedLength()) {
                        throw new AssertionError(recording + " " + row + ": " + plain.length + " octets of plain data, "
                                + share.uncompressedLength() + " with the header said the host");
                    }
                    found.add(new RecordedUpdates(recording.name(), SLOW_UPDATE, plain));
                }
            }
        }
        return found;
    }
}
