package porthole.protocol.licensing;

import java.nio.charset.StandardCharsets;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.12.1.2 Licensing Binary Blob (LICENSE_BINARY_BLOB).
 *
 * @param type one of {@code BB_*}; peers put wrong ones into empty blobs
 */
public record LicenseBinaryBlob(int type, Bytes data) implements Pdu {
    public static final int BB_ANY_BLOB = 0x0000;
    public static final int BB_DATA_BLOB = 0x0001;
    public static final int BB_RANDOM_BLOB = 0x0002;
    public static final int BB_CERTIFICATE_BLOB = 0x0003;
    public static final int BB_ERROR_BLOB = 0x0004;
    public static final int BB_ENCRYPTED_DATA_BLOB = 0x0009;
    public static final int BB_KEY_EXCHG_ALG_BLOB = 0x000D;
    public static final int BB_SCOPE_BLOB = 0x000E;
    public static final int BB_CLIENT_USER_NAME_BLOB = 0x000F;
    public static final int BB_CLIENT_MACHINE_NAME_BLOB = 0x0010;

    public LicenseBinaryBlob {
        if (data.size() > 0xFFFF) {
            throw new IllegalArgumentException("a blob takes at most 65535 octets, not " + data.size());
        }
    }

    static LicenseBinaryBlob decode(WireReader in) {
        int type = in.u16le("wBlobType");
        return new LicenseBinaryBlob(type, in.bytes(in.u16le("wBlobLen"), "blobData"));
    }

    static LicenseBinaryBlob read(WireReader in, String field) {
        return in.within(field, "MS-RDPBCGR 2.2.1.12.1.2", LicenseBinaryBlob::decode);
    }

    /** A name with its terminator, as the client's user and machine names are sent. */
    static LicenseBinaryBlob name(int type, String name) {
        return new LicenseBinaryBlob(type, Bytes.of((name + '\0').getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(type).u16le(data.size()).bytes(data);
    }
}
