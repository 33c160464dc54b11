package porthole.client;

import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.rdpeclip.ClipboardPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * A clipboard (MS-RDPECLIP) that has nothing and takes nothing: some hosts, weston 14 among them, end sessions of clients without the
 * channel. It keeps no state, so one serves all sessions.
 */
final class EmptyClipboard implements StaticChannel {
    @Override
    public String name() {
        return ClipboardPdu.CHANNEL_NAME;
    }

    @Override
    public int options() {
        return ChannelDef.OPTION_INITIALIZED
                | ChannelDef.OPTION_ENCRYPT_RDP
                | ChannelDef.OPTION_COMPRESS_RDP
                | ChannelDef.OPTION_SHOW_PROTOCOL;
    }

    @Override
    public void received(WireReader message, Sink out) {
        ClipboardPdu pdu = ClipboardPdu.decode(message.renamed("ClipboardPdu", ClipboardPdu.SECTION));
        switch (pdu.msgType()) {
            case ClipboardPdu.CB_MONITOR_READY -> {
                send(out, ClipboardPdu.capabilities(0));
                send(out, ClipboardPdu.emptyFormatList());
            }
            case ClipboardPdu.CB_FORMAT_LIST ->
                answer(out, ClipboardPdu.CB_FORMAT_LIST_RESPONSE, ClipboardPdu.CB_RESPONSE_OK);
            case ClipboardPdu.CB_FORMAT_DATA_REQUEST ->
                answer(out, ClipboardPdu.CB_FORMAT_DATA_RESPONSE, ClipboardPdu.CB_RESPONSE_FAIL);
            case ClipboardPdu.CB_FILECONTENTS_REQUEST ->
                send(
                        out,
                        ClipboardPdu.of(
                                ClipboardPdu.CB_FILECONTENTS_RESPONSE,
                                ClipboardPdu.CB_RESPONSE_FAIL,
                                // streamId, by which the host finds its request
                                pdu.data().slice(0, Math.min(4, pdu.data().size()))));
            default -> {
                // what else a host says needs no answer
            }
        }
    }

    private static void answer(Sink out, int msgType, int msgFlags) {
        send(out, ClipboardPdu.of(msgType, msgFlags, Bytes.EMPTY));
    }

    private static void send(Sink out, ClipboardPdu pdu) {
        out.send(Bytes.of(pdu.toByteArray()));
    }
}
