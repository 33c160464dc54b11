package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.11 Sound Capability Set: whether Play Sound PDUs are taken. */
public record SoundCapabilitySet(int soundFlags, int pad2octetsA, Bytes trailing) implements CapabilitySet {
    public static final int SOUND_BEEPS_FLAG = 1;

    static SoundCapabilitySet decodeBody(WireReader in) {
        return new SoundCapabilitySet(in.u16le("soundFlags"), in.u16le("pad2octetsA"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return SOUND;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(soundFlags);
        out.u16le(pad2octetsA);
        out.bytes(trailing);
    }
}
