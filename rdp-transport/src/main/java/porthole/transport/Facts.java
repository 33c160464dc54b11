package porthole.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.errorinfo.ErrorInfo;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.x224.SecurityProtocols;

/** What earlier phases of one connection learned and later ones need; touched on its event loop only. */
public final class Facts {
    private SecurityProtocols requestedProtocols = SecurityProtocols.RDP;
    private SecurityProtocols selectedProtocol = SecurityProtocols.RDP;
    private int negotiationFlags;
    private TlsEvidence tls;
    private int userChannelId;
    private int ioChannelId;
    private OptionalInt messageChannelId = OptionalInt.empty();
    private boolean skipChannelJoin;
    private final Map<Integer, String> channels = new LinkedHashMap<>();
    private int serverEarlyCapabilityFlags;
    private long shareId;
    private int serverChannelId = 1002;
    private List<CapabilitySet> serverCapabilities = List.of();
    private long errorInfo;

    public void negotiated(SecurityProtocols requested, SecurityProtocols selected, int flags) {
        requestedProtocols = requested;
        selectedProtocol = selected;
        negotiationFlags = flags;
    }

    public SecurityProtocols requestedProtocols() {
        return requestedProtocols;
    }

    public SecurityProtocols selectedProtocol() {
        return selectedProtocol;
    }

    /** The flags of RDP_NEG_RSP (MS-RDPBCGR 2.2.1.2.1). */
    public int negotiationFlags() {
        return negotiationFlags;
    }

    public void tls(TlsEvidence evidence) {
        tls = evidence;
    }

    public Optional<TlsEvidence> tls() {
        return Optional.ofNullable(tls);
    }

    public void channels(int io, OptionalInt message, boolean skipJoin) {
        ioChannelId = io;
        messageChannelId = message;
        skipChannelJoin = skipJoin;
    }

    public void serverEarlyCapabilityFlags(int flags) {
        serverEarlyCapabilityFlags = flags;
    }

    /** The flags of TS_UD_SC_CORE (MS-RDPBCGR 2.2.1.4.2). */
    public int serverEarlyCapabilityFlags() {
        return serverEarlyCapabilityFlags;
    }

    public void channel(int id, String name) {
        channels.put(id, name);
    }

    public int ioChannelId() {
        return ioChannelId;
    }

    public OptionalInt messageChannelId() {
        return messageChannelId;
    }

    /** Whether the host, too, can do without channel joins (MS-RDPBCGR 2.2.1.4.2, RNS_UD_SC_SKIP_CHANNELJOIN_SUPPORTED). */
    public boolean skipChannelJoin() {
        return skipChannelJoin;
    }

    /** The static virtual channels by id, in the order of the client's list. */
    public Map<Integer, String> channels() {
        return Collections.unmodifiableMap(channels);
    }

    public void userChannelId(int id) {
        userChannelId = id;
    }

    public int userChannelId() {
        return userChannelId;
    }

    public void share(long id, int serverChannel, List<CapabilitySet> capabilities) {
        shareId = id;
        serverChannelId = serverChannel;
        serverCapabilities = new ArrayList<>(capabilities);
    }

    public long shareId() {
        return shareId;
    }

    /** The pduSource of the host's share PDUs. */
    public int serverChannelId() {
        return serverChannelId;
    }

    public List<CapabilitySet> serverCapabilities() {
        return Collections.unmodifiableList(serverCapabilities);
    }

    /** Remembers the latest Set Error Info PDU (MS-RDPBCGR 2.2.5.1). */
    public void errorInfo(long code) {
        errorInfo = code;
    }

    public long errorInfo() {
        return errorInfo;
    }

    /** Whether the host said that the user logged off, which is no failure of an active session. */
    public boolean isLogoff() {
        return errorInfo == ErrorInfo.ERRINFO_LOGOFF_BY_USER;
    }

    /** The host's own reason for what follows, where it gave one that is an error. */
    public Optional<RdpFailure> lastWord() {
        if (errorInfo == ErrorInfo.ERRINFO_NONE) {
            return Optional.empty();
        }
        ErrorInfo info = ErrorInfo.of(errorInfo);
        return Optional.of(new Refused(
                "error-info",
                "Set Error Info",
                info.code(),
                info.name(),
                info.meaning(),
                info.remedy(),
                "MS-RDPBCGR 2.2.5.1.1"));
    }
}
