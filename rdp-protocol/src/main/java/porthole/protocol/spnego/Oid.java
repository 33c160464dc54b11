package porthole.protocol.spnego;

import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * An object identifier, as the octets of its contents (X.690 8.19).
 *
 * @param contents without tag and length
 */
public record Oid(Bytes contents) implements Pdu {
    /** 1.3.6.1.5.5.2. */
    public static final Oid SPNEGO = new Oid(Bytes.hex("2b0601050502"));

    /** 1.3.6.1.4.1.311.2.2.10, NTLMSSP. */
    public static final Oid NTLM = new Oid(Bytes.hex("2b06010401823702020a"));

    /** 1.2.840.113554.1.2.2, Kerberos 5. */
    public static final Oid KERBEROS = new Oid(Bytes.hex("2a864886f712010202"));

    /** 1.2.840.48018.1.2.2, Kerberos 5 as Windows 2000 misspelt it; still named by its successors. */
    public static final Oid MS_KERBEROS = new Oid(Bytes.hex("2a864882f712010202"));

    static final int TAG = 0x06;

    static Oid decode(WireReader in, String field) {
        return new Oid(Ber.element(in, TAG, field).rest("value"));
    }

    @Override
    public void encode(WireWriter out) {
        Ber.header(out, TAG, contents.size());
        out.bytes(contents);
    }

    /** In dotted form; contents that break the rules as hexadecimal. */
    @Override
    public String toString() {
        if (contents.isEmpty()) {
            return "(empty)";
        }
        StringBuilder text = new StringBuilder();
        long arc = 0;
        for (int i = 0; i < contents.size(); i++) {
            arc = arc << 7 | contents.at(i) & 0x7F;
            if (contents.at(i) < 0x80) {
                if (text.isEmpty()) {
                    long first = Math.min(arc / 40, 2);
                    text.append(first).append('.').append(arc - first * 40);
                } else {
                    text.append('.').append(arc);
                }
                arc = 0;
            }
        }
        boolean whole = contents.at(contents.size() - 1) < 0x80 && contents.size() <= 32;
        return whole ? text.toString() : contents.toHex();
    }
}
