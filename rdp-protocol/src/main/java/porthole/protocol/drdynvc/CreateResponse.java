package porthole.protocol.drdynvc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_CREATE_RSP: whether the client has a listener of that name. MS-RDPEDYC 2.2.2.2.
 *
 * @param sp unused
 * @param creationStatus an HRESULT; negative where the channel does not come into being
 */
public record CreateResponse(int sp, ChannelId channelId, int creationStatus, Bytes trailing) implements DynamicPdu {
    public static final int SUCCESS = 0;
    /** E_NOTFOUND: no listener of that name. */
    public static final int NOT_FOUND = 0xC0000225;

    /** The answer to a request, with its channel number. */
    public static CreateResponse to(CreateRequest request, int creationStatus) {
        return new CreateResponse(0, request.channelId(), creationStatus, Bytes.EMPTY);
    }

    static CreateResponse decode(int header, WireReader in) {
        return new CreateResponse(
                DynamicPdu.sp(header),
                ChannelId.decode(DynamicPdu.cbId(header), in),
                in.s32le("CreationStatus"),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(DynamicPdu.header(CREATE, sp, channelId.cbId()));
        channelId.encode(out);
        out.u32le(creationStatus).bytes(trailing);
    }
}
