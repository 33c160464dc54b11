package porthole.protocol.mcs;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MCS Send Data Indication: what the host sends on a channel (T.125 7, SendDataIndication); {@link SendData} does the same without a copy.
 *
 * @param initiator the user id of the sender, in practice the host's, 1001 to 65535
 * @param channelId 0 to 65535
 * @param flags the octet of dataPriority and segmentation, {@link SendData#FLAGS}
 * @param longLength whether the length has two octets although one would do, as some peers send it
 * @param userData at most 16383 octets
 */
public record SendDataIndication(int initiator, int channelId, int flags, boolean longLength, Bytes userData)
        implements DomainPdu {
    public SendDataIndication {
        longLength = longLength && userData.size() < 0x80; // from there on every length has two octets
    }

    /** With the usual flags and the usual length of two octets. */
    public SendDataIndication(int initiator, int channelId, Bytes userData) {
        this(initiator, channelId, SendData.FLAGS, true, userData);
    }

    public static SendDataIndication decode(WireReader frame) {
        SendData data = SendData.read(frame, SendData.INDICATION);
        return new SendDataIndication(
                data.initiator(),
                data.channelId(),
                data.flags(),
                data.longLength(),
                data.userData().rest("octets"));
    }

    @Override
    public void encode(WireWriter out) {
        SendData.encode(out, SendData.INDICATION, initiator, channelId, flags, longLength, userData);
    }
}
