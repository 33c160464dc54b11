package porthole.protocol.licensing;

import java.util.Arrays;
import java.util.Optional;

/** MS-RDPBCGR 2.2.1.12.1.3 {@code dwErrorCode}: name, meaning, and what a person can do. */
public enum LicenseErrorCode {
    ERR_INVALID_SERVER_CERTIFICATE(
            0x1, "the client finds the license server's certificate invalid", "renew the host's licensing certificate"),
    ERR_NO_LICENSE(
            0x2,
            "the client has no license, and the host gives it none",
            "give the user a per-user client access license, or free a per-device one, on the license server"),
    ERR_INVALID_MAC(
            0x3, "a licensing message was changed or decrypted with a wrong key", "record the session, report it"),
    ERR_INVALID_SCOPE(
            0x4,
            "the license is for another scope",
            "remove the stored license from the folder of --license-store, or connect with --license-store none"),
    ERR_NO_LICENSE_SERVER(
            0x6,
            "the host finds no license server, and its grace period is over",
            "name a license server in the host's licensing settings, per user or per device as its licenses are"),
    STATUS_VALID_CLIENT(0x7, "the client needs no further license", "nothing"),
    ERR_INVALID_CLIENT(
            0x8,
            "the host refuses the client's licensing data",
            "remove the stored license from the folder of --license-store, or connect with --license-store none"),
    ERR_INVALID_PRODUCTID(
            0xB,
            "the license is for another product",
            "remove the stored license from the folder of --license-store, or connect with --license-store none"),
    ERR_INVALID_MESSAGE_LEN(0xC, "a licensing message has a wrong length", "record the session, report it");

    private final long code;
    private final String meaning;
    private final String remedy;

    LicenseErrorCode(long code, String meaning, String remedy) {
        this.code = code;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public long code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }

    /** The known code with that number. */
    public static Optional<LicenseErrorCode> of(long code) {
        return Arrays.stream(values()).filter(c -> c.code == code).findFirst();
    }
}
