package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.errorinfo.ErrorInfo;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.share.SetErrorInfoPdu;
import porthole.protocol.share.ShareControlHeader;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.ShareDataHeader;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;

/**
 * Takes the messages of an I/O channel apart: one or more share PDUs each, the data ones perhaps compressed
 * (MS-RDPBCGR 2.2.8.1.1.1). Lives as long as the connection, as the compression history does.
 */
final class ShareMessages {
    /** Octets of one reassembled fast-path update; what a 32-bit desktop of the largest size needs at once. */
    private static final int MAXIMUM_UPDATE = 64 << 20;

    /** What a Flow PDU has in the place of a length (MS-RDPBCGR 2.2.8.1.1.1.1). */
    private static final int FLOW_MARKER = 0x8000;

    private final Connection connection;
    private final BulkDecompressor bulk;
    private final FastPathUpdates updates;

    ShareMessages(Connection connection) {
        this.connection = connection;
        this.bulk = connection.bulk();
        this.updates = new FastPathUpdates(bulk, MAXIMUM_UPDATE);
    }

    /** What a phase does with the PDUs that steer the sequence. */
    interface Receiver {
        /** A share control PDU other than data. */
        void control(ShareControlPdu pdu);

        /** A share data PDU other than update, pointer and error info; answers whether it was taken. */
        boolean data(ShareDataBody body);
    }

    void read(WireReader in, Receiver receiver) {
        while (in.has(ShareControlPdu.LEAST)) {
            if (in.peekU16le("totalLength") == FLOW_MARKER) {
                ShareControlPdu.decode(in); // from before RDP 5; nothing follows from it
                continue;
            }
            ShareControlHeader header =
                    in.within("shareControlHeader", "MS-RDPBCGR 2.2.8.1.1.1.1", ShareControlHeader::decode);
            WireReader body = header.body(in);
            if (header.isData()) {
                data(body, receiver);
            } else {
                receiver.control(ShareControlPdu.decodeBody(header, body));
            }
            if (connection.isOver()) {
                return;
            }
        }
    }

    private void data(WireReader in, Receiver receiver) {
        ShareDataHeader header = in.within("shareDataHeader", "MS-RDPBCGR 2.2.8.1.1.1.2", ShareDataHeader::decode);
        WireReader body = in;
        if (header.isCompressed()) {
            ByteBuf plain = bulk.decompress(header.compressedType(), in);
            body = WireReader.of(plain, "ShareData", "MS-RDPBCGR 2.2.8.1.1.1.2");
        } else if ((header.compressedType() & ShareDataHeader.PACKET_FLUSHED) != 0) {
            body = WireReader.of(bulk.decompress(header.compressedType(), in), "ShareData", "MS-RDPBCGR 2.2.8.1.1.1.2");
        }
        switch (header.pduType2()) {
            case ShareDataHeader.PDUTYPE2_UPDATE -> connection.sink().slowPathUpdate(body);
            case ShareDataHeader.PDUTYPE2_POINTER -> connection.sink().slowPathPointer(body);
            default -> other(ShareDataBody.decode(header.pduType2(), body), receiver);
        }
    }

    private void other(ShareDataBody body, Receiver receiver) {
        if (body instanceof SetErrorInfoPdu error) {
            connection.facts().errorInfo(error.errorInfo());
            if (error.errorInfo() != 0) {
                ErrorInfo info = ErrorInfo.of(error.errorInfo());
                connection.clock().note("error-info", Map.of("code", info.code(), "name", info.name()));
            }
        }
        if (!receiver.data(body)) {
            connection.sink().message(body);
        }
    }

    /** One fast-path output frame. */
    void fastPath(ByteBuf frame) {
        updates.read(
                WireReader.of(frame, "FastPathOutput", "MS-RDPBCGR 2.2.9.1.2"),
                (code, data) -> connection.sink().fastPathUpdate(code, data));
    }

    /** An unfinished update does not survive a deactivation; the compression history does. */
    void deactivated() {
        updates.reset();
    }
}
