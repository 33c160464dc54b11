package porthole.protocol.ntlm;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** AV_PAIR (MS-NLMP 2.2.2.1): one attribute of the target. */
public record AvPair(int avId, Bytes value) implements Pdu {
    public static final int MSV_AV_EOL = 0;
    public static final int MSV_AV_NB_COMPUTER_NAME = 1;
    public static final int MSV_AV_NB_DOMAIN_NAME = 2;
    public static final int MSV_AV_DNS_COMPUTER_NAME = 3;
    public static final int MSV_AV_DNS_DOMAIN_NAME = 4;
    public static final int MSV_AV_DNS_TREE_NAME = 5;
    public static final int MSV_AV_FLAGS = 6;
    public static final int MSV_AV_TIMESTAMP = 7;
    public static final int MSV_AV_SINGLE_HOST = 8;
    public static final int MSV_AV_TARGET_NAME = 9;
    public static final int MSV_AV_CHANNEL_BINDINGS = 10;

    /** The bit of MsvAvFlags that says that the AUTHENTICATE_MESSAGE has a MIC. */
    public static final int FLAG_MIC = 0x2;

    static AvPair decode(WireReader in) {
        int id = in.u16le("avId");
        return new AvPair(id, in.bytes(in.u16le("avLen"), "value"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(avId).u16le(value.size()).bytes(value);
    }
}
