package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.12.1.3 Licensing Error Message (LICENSE_ERROR_MESSAGE); it also says that no license is needed.
 *
 * @param errorCode see {@link LicenseErrorCode}
 * @param stateTransition see {@link LicenseStateTransition}
 */
public record LicenseErrorMessage(
        int flags, long errorCode, long stateTransition, LicenseBinaryBlob errorInfo, Bytes trailing)
        implements LicensingPdu {
    public static LicenseErrorMessage of(int flags, LicenseErrorCode code, LicenseStateTransition transition) {
        return new LicenseErrorMessage(
                flags,
                code.code(),
                transition.code(),
                new LicenseBinaryBlob(LicenseBinaryBlob.BB_ERROR_BLOB, Bytes.EMPTY),
                Bytes.EMPTY);
    }

    /** MS-RDPBCGR 2.2.1.12: licensing ends here, and well. */
    public static LicenseErrorMessage validClient() {
        return of(PREAMBLE_VERSION_3_0, LicenseErrorCode.STATUS_VALID_CLIENT, LicenseStateTransition.ST_NO_TRANSITION);
    }

    static LicenseErrorMessage decode(int flags, WireReader in) {
        return new LicenseErrorMessage(
                flags,
                in.u32le("dwErrorCode"),
                in.u32le("dwStateTransition"),
                LicenseBinaryBlob.read(in, "bbErrorInfo"),
                in.rest("trailing"));
    }

    /** Whether the connection goes on without any further licensing message. */
    public boolean isValidClient() {
        return errorCode == LicenseErrorCode.STATUS_VALID_CLIENT.code()
                && stateTransition == LicenseStateTransition.ST_NO_TRANSITION.code();
    }

    @Override
    public int msgType() {
        return ERROR_ALERT;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(errorCode).u32le(stateTransition).pdu(errorInfo).bytes(trailing);
    }
}
