package porthole.protocol.gcc;

/** The flags of both multitransport channel data blocks (MS-RDPBCGR 2.2.1.3.8 and 2.2.1.4.6). */
public final class MultitransportFlags {
    public static final int TRANSPORTTYPE_UDPFECR = 0x01;
    public static final int TRANSPORTTYPE_UDPFECL = 0x04;
    public static final int TRANSPORTTYPE_UDP_PREFERRED = 0x100;
    public static final int SOFTSYNC_TCP_TO_UDP = 0x200;

    private MultitransportFlags() {}
}
