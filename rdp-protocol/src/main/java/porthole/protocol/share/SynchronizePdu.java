package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.1.14.1 Synchronize PDU Data (TS_SYNCHRONIZE_PDU). */
public record SynchronizePdu(int messageType, int targetUser, Bytes trailing) implements ShareDataBody {
    public static final int SYNCMSGTYPE_SYNC = 0x0001;

    /** To the given channel id. */
    public static SynchronizePdu of(int targetUser) {
        return new SynchronizePdu(SYNCMSGTYPE_SYNC, targetUser, Bytes.EMPTY);
    }

    static SynchronizePdu decode(WireReader in) {
        return new SynchronizePdu(in.u16le("messageType"), in.u16le("targetUser"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SYNCHRONIZE;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(messageType);
        out.u16le(targetUser);
        out.bytes(trailing);
    }
}
