package porthole.protocol.ntlm;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * NTLMv2_CLIENT_CHALLENGE (MS-NLMP 2.2.2.7), which is the {@code temp} of 3.3.2.
 *
 * @param timeStamp 100 ns since 1601, UTC
 * @param challengeFromClient 8 octets
 */
public record NtlmV2ClientChallenge(
        int respType,
        int hiRespType,
        int reserved1,
        int reserved2,
        long timeStamp,
        Bytes challengeFromClient,
        int reserved3,
        AvPairs avPairs)
        implements Pdu {
    public static NtlmV2ClientChallenge of(long timeStamp, Bytes challengeFromClient, AvPairs avPairs) {
        return new NtlmV2ClientChallenge(1, 1, 0, 0, timeStamp, challengeFromClient, 0, avPairs);
    }

    public static NtlmV2ClientChallenge decode(WireReader in) {
        return new NtlmV2ClientChallenge(
                in.u8("respType"),
                in.u8("hiRespType"),
                in.u16le("reserved1"),
                in.s32le("reserved2"),
                in.s64le("timeStamp"),
                in.bytes(8, "challengeFromClient"),
                in.s32le("reserved3"),
                in.within("avPairs", "MS-NLMP 2.2.2.1", AvPairs::decode));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(respType)
                .u8(hiRespType)
                .u16le(reserved1)
                .u32le(reserved2)
                .s64le(timeStamp)
                .bytes(challengeFromClient)
                .u32le(reserved3)
                .pdu(avPairs);
    }
}
