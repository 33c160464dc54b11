package porthole.protocol.ntlm;

/** The NEGOTIATE structure (MS-NLMP 2.2.2.5): an open set of bits, kept as an int. */
public final class NtlmFlags {
    public static final int UNICODE = 0x00000001;
    public static final int OEM = 0x00000002;
    public static final int REQUEST_TARGET = 0x00000004;
    public static final int SIGN = 0x00000010;
    public static final int SEAL = 0x00000020;
    public static final int LM_KEY = 0x00000080;
    public static final int NTLM = 0x00000200;
    public static final int OEM_DOMAIN_SUPPLIED = 0x00001000;
    public static final int OEM_WORKSTATION_SUPPLIED = 0x00002000;
    public static final int ALWAYS_SIGN = 0x00008000;
    public static final int TARGET_TYPE_SERVER = 0x00020000;
    public static final int EXTENDED_SESSION_SECURITY = 0x00080000;
    public static final int TARGET_INFO = 0x00800000;
    public static final int VERSION = 0x02000000;
    public static final int NEGOTIATE_128 = 0x20000000;
    public static final int KEY_EXCH = 0x40000000;
    public static final int NEGOTIATE_56 = 0x80000000;

    /** What this client offers; the same set as Windows and FreeRDP. */
    public static final int CLIENT = UNICODE
            | OEM
            | REQUEST_TARGET
            | SIGN
            | SEAL
            | LM_KEY
            | NTLM
            | ALWAYS_SIGN
            | EXTENDED_SESSION_SECURITY
            | VERSION
            | NEGOTIATE_128
            | KEY_EXCH
            | NEGOTIATE_56;

    /** Without these nothing can be signed and sealed as CredSSP needs it (MS-CSSP 3.1.5, MS-NLMP 3.4.4.2). */
    public static final int NEEDED = UNICODE | SIGN | SEAL | EXTENDED_SESSION_SECURITY | NEGOTIATE_128 | TARGET_INFO;

    /** What a host takes over from a client's offer. */
    public static final int HOST = CLIENT & ~(OEM | LM_KEY);

    private NtlmFlags() {}
}
