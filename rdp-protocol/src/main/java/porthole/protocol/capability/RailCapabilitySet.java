package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPERP 2.2.1.1.1 Remote Programs Capability Set: which parts of RemoteApp are supported. */
public record RailCapabilitySet(long railSupportLevel, Bytes trailing) implements CapabilitySet {
    public static final int TS_RAIL_LEVEL_SUPPORTED = 1;
    public static final int TS_RAIL_LEVEL_DOCKED_LANGBAR_SUPPORTED = 0x02;
    public static final int TS_RAIL_LEVEL_SHELL_INTEGRATION_SUPPORTED = 0x04;
    public static final int TS_RAIL_LEVEL_LANGUAGE_IME_SYNC_SUPPORTED = 0x08;
    public static final int TS_RAIL_LEVEL_SERVER_TO_CLIENT_IME_SYNC_SUPPORTED = 0x10;
    public static final int TS_RAIL_LEVEL_HIDE_MINIMIZED_APPS_SUPPORTED = 0x20;
    public static final int TS_RAIL_LEVEL_WINDOW_CLOAKING_SUPPORTED = 0x40;
    public static final int TS_RAIL_LEVEL_HANDSHAKE_EX_SUPPORTED = 0x80;

    static RailCapabilitySet decodeBody(WireReader in) {
        return new RailCapabilitySet(in.u32le("railSupportLevel"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return RAIL;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(railSupportLevel);
        out.bytes(trailing);
    }
}
