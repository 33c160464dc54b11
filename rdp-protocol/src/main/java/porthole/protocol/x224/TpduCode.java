package porthole.protocol.x224;

/** The codes of X.224 TPDUs, for error text (X.224 13.1). */
final class TpduCode {
    static final int CONNECTION_REQUEST = 0xE0;
    static final int CONNECTION_CONFIRM = 0xD0;
    static final int DISCONNECT_REQUEST = 0x80;

    private TpduCode() {}

    static String describe(int code) {
        String name = switch (code & 0xF0) {
            case 0xE0 -> "a connection request TPDU (CR)";
            case 0xD0 -> "a connection confirm TPDU (CC)";
            case 0x80 -> "a disconnect request TPDU (DR)";
            case 0x70 -> "an error TPDU (ER)";
            case 0xF0 -> "a data TPDU (DT)";
            default -> "an unknown TPDU";
        };
        return String.format("%s, code 0x%02X", name, code);
    }
}
