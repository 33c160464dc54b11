package porthole.host.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import porthole.host.card.TestCard;
import porthole.host.fault.Frames;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.capability.VirtualChannelCapabilitySet;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.x224.SecurityProtocols;

/** What the phases of one connection found out; belongs to its event loop. */
final class HostFacts {
    /** The MCS channel of share PDUs, as every host numbers it. */
    static final int IO_CHANNEL = Frames.IO_CHANNEL;

    /** The host's own MCS user, which is the source of its PDUs. */
    static final int SERVER_USER = Frames.SERVER_USER;

    SecurityProtocols requested = SecurityProtocols.RDP;
    SecurityProtocols selected = SecurityProtocols.RDP;

    /** Whether TLS and sign-in come before X.224. */
    boolean direct;

    ClientCoreData core;
    String user = "";

    /** Whether the client asked for a session without handing credentials over. */
    boolean restrictedAdmin;

    int userChannel;
    OptionalInt messageChannel = OptionalInt.empty();
    boolean channelJoinSkipped;
    boolean logonNotify;

    /** What the session is called in auto-reconnect cookies; a restored one keeps its number. */
    long logonId;

    /** Whether the client showed an auto-reconnect cookie that is none. */
    boolean reconnectionRefused;

    /** Whether the session was active before, so that this is a reactivation. */
    boolean activated;

    /** What compresses updates, for as long as the connection lives. */
    Optional<BulkCompressor> bulk = Optional.empty();

    /** Static virtual channels by their MCS id, with their names in lower case. */
    final Map<Integer, String> channels = new LinkedHashMap<>();

    /** Standard RDP security, where the connection is encrypted by it. */
    Optional<HostProtection> protection = Optional.empty();

    /** The display control channel, once the session was active; absent where there is none. */
    Optional<DisplayControlHost> displayControl = Optional.empty();

    long shareId;
    DesktopSize desktop;
    int bitsPerPixel;
    List<CapabilitySet> clientCapabilities = List.of();

    /** What the client was shown last; absent before the first activation of a session that was not restored. */
    TestCard card;

    <T extends CapabilitySet> Optional<T> capability(Class<T> kind) {
        return clientCapabilities.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    /** What compresses static channels: that of updates, as their history is one; absent where the client takes none. */
    Optional<BulkCompressor> channelCompression() {
        return bulk.filter(any -> capability(VirtualChannelCapabilitySet.class)
                .map(set -> (set.flags() & VirtualChannelCapabilitySet.VCCAPS_COMPR_SC) != 0)
                .orElse(false));
    }

    /** Whether the client checks MACs that count messages (MS-RDPBCGR 5.3.6.1.1). */
    boolean isSalted() {
        return capability(GeneralCapabilitySet.class)
                .map(set -> (set.extraFlags() & GeneralCapabilitySet.ENC_SALTED_CHECKSUM) != 0)
                .orElse(false);
    }

    boolean isChannel(int id) {
        return id == IO_CHANNEL
                || id == userChannel
                || channels.containsKey(id)
                || messageChannel.isPresent() && messageChannel.getAsInt() == id;
    }
}
