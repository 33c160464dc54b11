package porthole.protocol.ntlm;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** What every message begins with: {@code NTLMSSP}, a zero octet, and the message type (MS-NLMP 2.2.1). */
final class NtlmSignature {
    static final int SIZE = 12;
    private static final Bytes SIGNATURE = Bytes.ascii("NTLMSSP\0");

    private NtlmSignature() {}

    static void decode(WireReader in, int type) {
        Bytes signature = in.bytes(SIGNATURE.size(), "signature");
        in.check(signature.equals(SIGNATURE), 8, "signature", signature.toHex(), "NTLMSSP and a zero octet");
        in.expect(in.u32le("messageType"), type, 4, "messageType");
    }

    static void encode(WireWriter out, int type) {
        out.bytes(SIGNATURE).u32le(type);
    }
}
