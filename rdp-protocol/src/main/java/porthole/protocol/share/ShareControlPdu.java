package porthole.protocol.share;

import static porthole.protocol.share.ShareControlHeader.PDUTYPE_CONFIRMACTIVEPDU;
import static porthole.protocol.share.ShareControlHeader.PDUTYPE_DATAPDU;
import static porthole.protocol.share.ShareControlHeader.PDUTYPE_DEACTIVATEALLPDU;
import static porthole.protocol.share.ShareControlHeader.PDUTYPE_DEMANDACTIVEPDU;
import static porthole.protocol.share.ShareControlHeader.PDUTYPE_SERVER_REDIR_PKT;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * One PDU behind a share control header (MS-RDPBCGR 2.2.8.1.1.1.1), from that header on.
 *
 * <p>Encoding computes {@code totalLength}, whatever the header in the record says.
 */
public sealed interface ShareControlPdu extends Pdu
        permits DemandActivePdu,
                ConfirmActivePdu,
                DeactivateAllPdu,
                ServerRedirectionPdu,
                DataPdu,
                FlowPdu,
                ShareControlPdu.Unknown {
    /** Fewer octets than these behind a PDU are no further PDU. */
    int LEAST = 4;

    /** A PDU of a type that this version does not know. */
    record Unknown(ShareControlHeader header, Bytes data) implements ShareControlPdu {
        @Override
        public void encode(WireWriter out) {
            write(out, header, body -> body.bytes(data));
        }
    }

    /** Reads one PDU; what follows it in the same MCS message stays unread. */
    static ShareControlPdu decode(WireReader in) {
        if (in.peekU16le("totalLength") == FlowPdu.FLOW_MARKER) {
            return in.within("flow", "MS-RDPBCGR 2.2.8.1.1.1.1", FlowPdu::decode);
        }
        ShareControlHeader header =
                in.within("shareControlHeader", "MS-RDPBCGR 2.2.8.1.1.1.1", ShareControlHeader::decode);
        return decodeBody(header, header.body(in));
    }

    /**
     * Reads the PDU behind a header that was read before.
     *
     * @param body as {@link ShareControlHeader#body} gives it
     */
    static ShareControlPdu decodeBody(ShareControlHeader header, WireReader body) {
        return switch (header.pduType()) {
            case PDUTYPE_DEMANDACTIVEPDU ->
                DemandActivePdu.decode(header, body.sub(body.remaining(), "demandActive", "MS-RDPBCGR 2.2.1.13.1.1"));
            case PDUTYPE_CONFIRMACTIVEPDU ->
                ConfirmActivePdu.decode(header, body.sub(body.remaining(), "confirmActive", "MS-RDPBCGR 2.2.1.13.2.1"));
            case PDUTYPE_DEACTIVATEALLPDU ->
                DeactivateAllPdu.decode(header, body.sub(body.remaining(), "deactivateAll", "MS-RDPBCGR 2.2.3.1.1"));
            case PDUTYPE_SERVER_REDIR_PKT ->
                ServerRedirectionPdu.decode(
                        header, body.sub(body.remaining(), "serverRedirection", "MS-RDPBCGR 2.2.13.3.1"));
            case PDUTYPE_DATAPDU ->
                DataPdu.decode(header, body.sub(body.remaining(), "data", "MS-RDPBCGR 2.2.8.1.1.1.2"));
            default -> new Unknown(header, body.rest("data"));
        };
    }

    /** Reads all PDUs of one MCS message; up to three octets behind the last one are passed over. */
    static List<ShareControlPdu> decodeAll(WireReader in) {
        List<ShareControlPdu> pdus = new ArrayList<>(1);
        while (in.has(LEAST)) {
            pdus.add(decode(in));
        }
        return pdus;
    }

    /** A header whose length is computed when it is written. */
    static ShareControlHeader header(int pduType, int pduSource, int bodySize) {
        return new ShareControlHeader(
                ShareControlHeader.SIZE + bodySize, pduType, ShareControlHeader.TS_PROTOCOL_VERSION, pduSource);
    }

    /** Writes the header, {@code body}, and the length of both into the header. */
    static void write(WireWriter out, ShareControlHeader header, Pdu body) {
        int start = out.position();
        out.pdu(header).pdu(body);
        int length = out.position() - start;
        if (length > 0xFFFF || length == FlowPdu.FLOW_MARKER) {
            throw new IllegalArgumentException("a share PDU of " + length + " octets does not fit its length field");
        }
        out.patchU16le(start, length);
    }
}
