package porthole.protocol.mcs;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * One MCS PDU after the connect (T.125 7, DomainMCSPDU), in aligned PER.
 *
 * <p>The first six bits choose the PDU. Octets that PER fixes (padding, shortest numbers) are refused where they differ.
 */
public sealed interface DomainPdu extends Pdu
        permits ErectDomainRequest,
                DisconnectProviderUltimatum,
                AttachUserRequest,
                AttachUserConfirm,
                ChannelJoinRequest,
                ChannelJoinConfirm,
                SendDataRequest,
                SendDataIndication,
                DomainPdu.Unknown {
    /** User ids begin here on the wire (T.125 7, UserId). */
    int USER_ID_BASE = 1001;

    /**
     * A PDU of T.125 that RDP does not use.
     *
     * @param choice the first octet, whose upper six bits choose the PDU
     */
    record Unknown(int choice, Bytes data) implements DomainPdu {
        /** The number of the PDU in T.125's choice. */
        public int number() {
            return choice >> 2;
        }

        @Override
        public void encode(WireWriter out) {
            out.u8(choice).bytes(data);
        }
    }

    /** Decodes the body of an X.224 data TPDU, which must hold one PDU and nothing else. */
    static DomainPdu decode(WireReader in) {
        int choice = in.peekU8("choice");
        DomainPdu pdu = switch (choice) {
            case ErectDomainRequest.CHOICE -> ErectDomainRequest.decode(in);
            case 0x20, 0x21, 0x22, 0x23 -> DisconnectProviderUltimatum.decode(in);
            case AttachUserRequest.CHOICE -> AttachUserRequest.decode(in);
            case 0x2C, 0x2D, 0x2E, 0x2F -> AttachUserConfirm.decode(in);
            case ChannelJoinRequest.CHOICE -> ChannelJoinRequest.decode(in);
            case 0x3C, 0x3D, 0x3E, 0x3F -> ChannelJoinConfirm.decode(in);
            case SendData.REQUEST -> SendDataRequest.decode(in);
            case SendData.INDICATION -> SendDataIndication.decode(in);
            default -> unknown(in.renamed("DomainMcsPdu", "T.125 7 DomainMCSPDU"));
        };
        return pdu;
    }

    private static Unknown unknown(WireReader in) {
        return new Unknown(in.u8("choice"), in.rest("data"));
    }
}
