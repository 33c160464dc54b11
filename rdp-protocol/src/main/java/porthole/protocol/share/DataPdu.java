package porthole.protocol.share;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A share data PDU (MS-RDPBCGR 2.2.8.1.1.1.2): both headers and a body.
 *
 * <p>A receiver that decompresses does not use {@link ShareControlPdu#decode} but reads {@link ShareControlHeader},
 * {@link ShareDataHeader} and, after decompression, {@link ShareDataBody#decode}.
 */
public record DataPdu(ShareControlHeader header, ShareDataHeader dataHeader, ShareDataBody body)
        implements ShareControlPdu {
    /** A PDU of low priority that is not compressed; {@code uncompressedLength} counts the body alone. */
    public static DataPdu of(int pduSource, long shareId, ShareDataBody body) {
        return of(pduSource, shareId, ShareDataHeader.STREAM_LOW, body);
    }

    /** The same on another of the {@code STREAM_*} priorities. */
    public static DataPdu of(int pduSource, long shareId, int streamId, ShareDataBody body) {
        int size = body.toByteArray().length;
        return new DataPdu(
                ShareControlPdu.header(ShareControlHeader.PDUTYPE_DATAPDU, pduSource, ShareDataHeader.SIZE + size),
                new ShareDataHeader(shareId, 0, streamId, size, body.pduType2(), 0, 0),
                body);
    }

    /**
     * This PDU as it has to be sent next: compressed if that makes it shorter, with the flags that the other side's
     * history needs.
     */
    public DataPdu compressed(BulkCompressor bulk) {
        ByteBuf packed = Unpooled.buffer();
        int flags = bulk.compress(Unpooled.wrappedBuffer(body.toByteArray()), packed);
        if (flags == 0) {
            return this;
        }
        int size = ShareDataHeader.SIZE + packed.readableBytes();
        return new DataPdu(
                ShareControlPdu.header(ShareControlHeader.PDUTYPE_DATAPDU, header.pduSource(), size),
                new ShareDataHeader(
                        dataHeader.shareId(),
                        dataHeader.pad1(),
                        dataHeader.streamId(),
                        dataHeader.uncompressedLength(),
                        dataHeader.pduType2(),
                        flags,
                        ShareControlHeader.SIZE + size),
                new ShareDataBody.Compressed(dataHeader.pduType2(), Bytes.copyOf(packed, 0, packed.readableBytes())));
    }

    static DataPdu decode(ShareControlHeader header, WireReader in) {
        ShareDataHeader data = in.within("shareDataHeader", "MS-RDPBCGR 2.2.8.1.1.1.2", ShareDataHeader::decode);
        ShareDataBody body = data.isCompressed()
                ? new ShareDataBody.Compressed(data.pduType2(), in.rest("compressedData"))
                : ShareDataBody.decode(data.pduType2(), in);
        return new DataPdu(header, data, body);
    }

    @Override
    public void encode(WireWriter out) {
        ShareControlPdu.write(out, header, o -> o.pdu(dataHeader).pdu(body));
    }
}
