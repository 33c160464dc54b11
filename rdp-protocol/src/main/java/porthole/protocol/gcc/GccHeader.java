package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Per;
import porthole.protocol.wire.WireReader;

/** What conference create request and response have in common on the wire (T.124 8.7). */
final class GccHeader {
    /** The object identifier 0.0.20.124.0.1 of T.124 with the choice and the length in front. */
    static final Bytes T124_KEY = Bytes.hex("00 05 00 14 7c 00 01");

    private static final int KEY_SIZE = 4;

    private GccHeader() {}

    static void readT124Key(WireReader in) {
        Bytes key = in.bytes(T124_KEY.size(), "t124Identifier");
        in.check(key.equals(T124_KEY), key.size(), "t124Identifier", key.toHex(), "the object identifier of T.124");
    }

    /** Reads from the number of user data sets to the length of the blocks, which must be all that follows. */
    static WireReader readUserData(WireReader in, String h221Key) {
        in.expect(in.u8("userData.sets"), 1, 1, "userData.sets");
        in.expect(in.u8("userData.key"), 0xC0, 1, "userData.key"); // value present, key is h221NonStandard
        in.expect(in.u8("h221NonStandardKey.length"), 0, 1, "h221NonStandardKey.length"); // on top of the least, 4
        Bytes expected = Bytes.ascii(h221Key);
        Bytes key = in.bytes(KEY_SIZE, "h221NonStandardKey");
        in.check(key.equals(expected), KEY_SIZE, "h221NonStandardKey", "\"" + shown(key) + "\"", "\"" + h221Key + "\"");
        int length = Per.length(in, "userData.length");
        in.check(length == in.remaining(), "userData.length", length, "the " + in.remaining() + " octets that follow");
        return in;
    }

    private static String shown(Bytes key) {
        return key.toAscii().chars().allMatch(c -> c >= ' ' && c < 0x7F) ? key.toAscii() : key.toHex();
    }
}
