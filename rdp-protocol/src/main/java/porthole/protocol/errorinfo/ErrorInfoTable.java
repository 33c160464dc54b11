package porthole.protocol.errorinfo;

/** The codes of MS-RDPBCGR 2.2.5.1.1: number, name and meaning in a line, below the remedy that they share. */
final class ErrorInfoTable {
    static final long SECURITY_DATA_TOO_SHORT = 0x10E0;
    /** 22 codes with the same meaning, told apart by a number at the end of the name. */
    static final long SECURITY_DATA_TOO_SHORT_2 = 0x1111;

    static final int LAST_SECURITY_DATA_TOO_SHORT = 23;

    static final String TEXT = """
            > nothing; connect again if the session is still wanted
            0 NONE the host reports no error
            1 RPC_INITIATED_DISCONNECT an administrator's tool disconnected the session
            2 RPC_INITIATED_LOGOFF an administrator's tool logged the user off
            B RPC_INITIATED_DISCONNECT_BYUSER the user disconnected the session with a tool on the host
            C LOGOFF_BY_USER the user logged off
            > connect again; raise the host's time limit if this comes too soon
            3 IDLE_TIMEOUT the session was idle for longer than the host allows
            4 LOGON_TIMEOUT the session or the logon took longer than the host allows
            > find out who else uses the account before connecting again
            5 DISCONNECTED_BY_OTHERCONNECTION another connection took the session over
            > look at the host's load, memory and event log
            6 OUT_OF_MEMORY the host ran out of memory
            F CLOSE_STACK_ON_DRIVER_NOT_READY the host's display driver was not ready in time
            10 SERVER_DWM_CRASH the host's desktop window manager ended unexpectedly
            11 CLOSE_STACK_ON_DRIVER_FAILURE the host's display driver could not start
            12 CLOSE_STACK_ON_DRIVER_IFACE_FAILURE the host's display driver broke its interface
            17 SERVER_WINLOGON_CRASH the host's logon process ended unexpectedly
            18 SERVER_CSRSS_CRASH the host's session process ended unexpectedly
            > wait until the host is up again
            19 SERVER_SHUTDOWN the host is shutting down
            1A SERVER_REBOOT the host is restarting
            > check that the host allows remote connections, and how many
            7 SERVER_DENIED_CONNECTION the host denied the connection
            > let the user become a member of Remote Desktop Users, or grant the right to log on by remote desktop
            9 SERVER_INSUFFICIENT_PRIVILEGES the user is not allowed to log on remotely
            > enter the credentials anew; the host does not take saved ones
            A SERVER_FRESH_CREDENTIALS_REQUIRED the host wants credentials that the user has just entered
            > check the host's licensing settings and its license server
            100 LICENSE_INTERNAL licensing failed inside the host
            101 LICENSE_NO_LICENSE_SERVER the host finds no license server
            102 LICENSE_NO_LICENSE the license server has no license left
            10A LICENSE_NO_REMOTE_CONNECTIONS the host is not licensed for remote connections
            > delete the client's stored license and connect again; report a recording if it happens again
            103 LICENSE_BAD_CLIENT_MSG the host found a licensing message of the client invalid
            104 LICENSE_HWID_DOESNT_MATCH_LICENSE the license was issued to another device
            105 LICENSE_BAD_CLIENT_LICENSE the client's license is invalid
            106 LICENSE_CANT_FINISH_PROTOCOL licensing messages were lost or came in the wrong order
            107 LICENSE_CLIENT_ENDED_PROTOCOL the client ended the licensing
            108 LICENSE_BAD_CLIENT_ENCRYPTION a licensing message of the client was encrypted wrongly
            109 LICENSE_CANT_UPGRADE_LICENSE the client's license could not be upgraded or renewed
            > check with the connection broker that the destination exists, is switched on and has room; then try again
            400 CB_DESTINATION_NOT_FOUND the broker does not find the destination
            402 CB_LOADING_DESTINATION the broker still loads the destination
            404 CB_REDIRECTING_TO_DESTINATION the broker failed while it redirected to the destination
            405 CB_SESSION_ONLINE_VM_WAKE the destination's machine could not be woken
            406 CB_SESSION_ONLINE_VM_BOOT the destination's machine could not be started
            407 CB_SESSION_ONLINE_VM_NO_DNS the destination's machine has no address in DNS
            408 CB_DESTINATION_POOL_NOT_FREE no machine of the pool is free
            409 CB_CONNECTION_CANCELLED the connection was cancelled at the broker
            410 CB_CONNECTION_ERROR_INVALID_SETTINGS the broker's settings for the destination are invalid
            411 CB_SESSION_ONLINE_VM_BOOT_TIMEOUT the destination's machine did not start in time
            412 CB_SESSION_ONLINE_VM_SESSMON_FAILED the destination's session could not be watched
            > enable RemoteApp on the host, or connect to its desktop
            10F3 REMOTEAPPSNOTENABLED the host does not offer RemoteApp
            > ask for fewer or smaller monitors
            1129 BADMONITORDATA the monitor layout is invalid
            1134 VIRTUALDESKTOPTOOLARGE the desktop over all monitors is too large
            1135 MONITORGEOMETRYVALIDATIONFAILED the monitors do not lie beside each other as they must
            1136 INVALIDMONITORCOUNT there are too many monitors
            > connect with another colour depth or without graphics modes that the host does not have
            112D GRAPHICSMODENOTSUPPORTED the graphics mode is not supported
            112E GRAPHICSSUBSYSTEMRESETFAILED the host could not reset its graphics
            112F GRAPHICSSUBSYSTEMFAILED the host's graphics failed
            > the host finds fault with what this client sent: record the session and report it
            10C9 UNKNOWNPDUTYPE2 a share data PDU has an unknown type
            10CA UNKNOWNPDUTYPE a share control PDU has an unknown type
            10CB DATAPDUSEQUENCE a data PDU came out of sequence
            10CD CONTROLPDUSEQUENCE a control PDU came out of sequence
            10CE INVALIDCONTROLPDUACTION a Control PDU has an invalid action
            10CF INVALIDINPUTPDUTYPE an input event has an invalid type, or none came in a PDU
            10D0 INVALIDINPUTPDUMOUSE a mouse event has invalid flags
            10D1 INVALIDREFRESHRECTPDU a Refresh Rect PDU is invalid
            10D2 CREATEUSERDATAFAILED the host could not build its GCC user data
            10D3 CONNECTFAILED the channel connection phase failed
            10D4 CONFIRMACTIVEWRONGSHAREID the Confirm Active PDU names another share
            10D5 CONFIRMACTIVEWRONGORIGINATOR the Confirm Active PDU names another originator
            10DA PERSISTENTKEYPDUBADLENGTH a Persistent Key List PDU has a wrong length
            10DB PERSISTENTKEYPDUILLEGALFIRST a Persistent Key List PDU is marked as first but is not
            10DC PERSISTENTKEYPDUTOOMANYTOTALKEYS the persistent key list announces too many keys
            10DD PERSISTENTKEYPDUTOOMANYCACHEKEYS the persistent key list has too many keys for a cache
            10DE INPUTPDUBADLENGTH an Input Event PDU has a wrong length
            10DF BITMAPCACHEERRORPDUBADLENGTH a Bitmap Cache Error PDU has a wrong length
            10E0 SECURITYDATATOOSHORT a PDU is too short for its security header
            10E1 VCHANNELDATATOOSHORT a virtual channel chunk is too short
            10E2 SHAREDATATOOSHORT a share PDU is too short
            10E3 BADSUPRESSOUTPUTPDU a Suppress Output PDU is invalid
            10E5 CONFIRMACTIVEPDUTOOSHORT the Confirm Active PDU is too short
            10E7 CAPABILITYSETTOOSMALL a capability set is too short
            10E8 CAPABILITYSETTOOLARGE a capability set is too long
            10E9 NOCURSORCACHE the pointer capability set has no cache
            10EA BADCAPABILITIES the client's capabilities are unacceptable
            10EC VIRTUALCHANNELDECOMPRESSIONERR a virtual channel chunk cannot be decompressed
            10ED INVALIDVCCOMPRESSIONTYPE a virtual channel chunk is compressed in an unknown way
            10EF INVALIDCHANNELID a channel id is invalid
            10F0 VCHANNELSTOOMANY there are more than 31 static virtual channels
            10F4 CACHECAPNOTSET a bitmap cache PDU came without the bitmap cache capability
            10F5 BITMAPCACHEERRORPDUBADLENGTH2 a Bitmap Cache Error PDU has a wrong length for its count
            10F6 OFFSCRCACHEERRORPDUBADLENGTH an Offscreen Cache Error PDU has a wrong length
            10F7 DNGCACHEERRORPDUBADLENGTH a DrawNineGrid Cache Error PDU has a wrong length
            10F8 GDIPLUSPDUBADLENGTH a GDI+ Error PDU has a wrong length
            112A VCDECOMPRESSEDREASSEMBLEFAILED the decompressed chunks of a virtual channel do not fit together
            112B VCDATATOOLONG a virtual channel chunk is too long
            112C BAD_FRAME_ACK_DATA a Frame Acknowledge PDU is invalid
            1130 TIMEZONEKEYNAMELENGTHTOOSHORT the time zone key name is shorter than its length says
            1131 TIMEZONEKEYNAMELENGTHTOOLONG the time zone key name is too long
            1132 DYNAMICDSTDISABLEDFIELDMISSING the Client Info PDU lacks dynamicDaylightTimeDisabled
            1133 VCDECODINGERROR the host could not decode data of a virtual channel
            1191 UPDATESESSIONKEYFAILED the session keys could not be updated
            1192 DECRYPTFAILED a PDU of the client could not be decrypted
            1193 ENCRYPTFAILED the host could not encrypt a PDU
            1194 ENCPKGMISMATCH the client encrypts in another way than agreed
            1195 DECRYPTFAILED2 a PDU of the client could not be decrypted
            """;

    private ErrorInfoTable() {}
}
