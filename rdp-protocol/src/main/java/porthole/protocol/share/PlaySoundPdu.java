package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.9.1.1.5.1 Play Sound PDU Data (TS_PLAY_SOUND_PDU_DATA), in milliseconds and hertz. */
public record PlaySoundPdu(long duration, long frequency, Bytes trailing) implements ShareDataBody {
    static PlaySoundPdu decode(WireReader in) {
        return new PlaySoundPdu(in.u32le("duration"), in.u32le("frequency"), in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_PLAY_SOUND;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(duration);
        out.u32le(frequency);
        out.bytes(trailing);
    }
}
