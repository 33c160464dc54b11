package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Function;
import porthole.protocol.autodetect.AutoDetectRequest;
import porthole.protocol.autodetect.AutoDetectResponse;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.info.ClientInfoPdu;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.multitransport.HeartbeatPdu;
import porthole.protocol.multitransport.InitiateMultitransportRequest;
import porthole.protocol.multitransport.InitiateMultitransportResponse;
import porthole.protocol.redirection.StandardServerRedirectionPdu;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.SecurityExchangePdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;

/** Reads what an MCS channel carries: security headers, share PDUs, licensing, chunks of static channels. */
final class ChannelReader {
    private static final String HEADER_SECTION = "MS-RDPBCGR 2.2.8.1.1.2.1";
    private static final int NAMED = BasicSecurityHeader.SEC_EXCHANGE_PKT
            | BasicSecurityHeader.SEC_TRANSPORT_REQ
            | BasicSecurityHeader.SEC_TRANSPORT_RSP
            | BasicSecurityHeader.SEC_INFO_PKT
            | BasicSecurityHeader.SEC_LICENSE_PKT
            | BasicSecurityHeader.SEC_REDIRECTION_PKT
            | BasicSecurityHeader.SEC_AUTODETECT_REQ
            | BasicSecurityHeader.SEC_AUTODETECT_RSP
            | BasicSecurityHeader.SEC_HEARTBEAT;
    private static final int SIGNATURE = 8;

    private final SessionFacts facts;
    private final ShareReader share;
    private final Optional<DynamicReader> dynamic;

    /** @param deep whether dynamic channels are read too, which takes time and memory */
    ChannelReader(SessionFacts facts, boolean deep) {
        this.facts = facts;
        this.dynamic = deep ? Optional.of(new DynamicReader()) : Optional.empty();
        this.share = new ShareReader(facts);
    }

    void read(Direction direction, int channel, WireReader in, ByteBuf frame, PduReader.Notes notes) {
        boolean unknown = facts.knowsNoChannels();
        boolean chunk = !facts.isIo(channel) && !facts.isMessageChannel(channel);
        if (chunk && !unknown) {
            chunk(direction, facts.channelName(channel), in, notes);
        } else if (!facts.isMessageChannel(channel) && ShareReader.follows(in, frame)) {
            share.read(direction, in, frame, notes);
        } else if (unknown && !named(in)) {
            chunk(direction, Integer.toString(channel), in, notes);
        } else {
            secured(direction, in, frame, notes);
        }
    }

    private static boolean named(WireReader in) {
        return in.has(BasicSecurityHeader.SIZE)
                && (in.peekU16le("flags") & NAMED) != 0
                && (in.peekU16le("flags") & NAMED & (in.peekU16le("flags") & NAMED) - 1) == 0;
    }

    private void chunk(Direction direction, String name, WireReader in, PduReader.Notes notes) {
        String pdu = "ChannelChunk(" + name + ")";
        if (facts.hasStandardSecurity() && !notes.decrypted) {
            WireReader secured = in.renamed(pdu, HEADER_SECTION);
            BasicSecurityHeader header = secured.within("securityHeader", HEADER_SECTION, BasicSecurityHeader::decode);
            if (header.has(BasicSecurityHeader.SEC_ENCRYPT)) {
                encrypted(pdu, secured, notes);
                return;
            }
            in = secured;
        }
        notes.named(pdu);
        WireReader data = in.renamed(pdu, ChannelChunk.SECTION);
        ChannelChunk chunk = ChannelChunk.decode(data);
        int compression = chunk.flags() >>> 16 & 0xFF;
        Bytes octets = chunk.virtualChannelData();
        if (SessionFacts.isBulk(compression) && SessionFacts.isReadable(compression)) {
            // even where nobody looks at the result, the history has to see it
            ByteBuf plain =
                    facts.bulk(direction).decompress(compression, WireReader.of(octets, pdu, ChannelChunk.SECTION));
            octets = WireReader.of(plain, pdu, ChannelChunk.SECTION, notes.fields.overDerived())
                    .rest("decompressedData");
        }
        if (dynamic.isPresent() && name.equals(DynamicPdu.CHANNEL_NAME)) {
            dynamic.get().read(direction, chunk, octets, notes);
        }
    }

    private void secured(Direction direction, WireReader in, ByteBuf frame, PduReader.Notes notes) {
        in.require(BasicSecurityHeader.SIZE, "securityHeader");
        int flags = in.peekU16le("securityHeader.flags");
        if ((flags & BasicSecurityHeader.SEC_ENCRYPT) != 0) {
            String pdu = (flags & BasicSecurityHeader.SEC_INFO_PKT) != 0
                    ? "ClientInfoPdu"
                    : (flags & BasicSecurityHeader.SEC_LICENSE_PKT) != 0
                            ? "LicensingPdu"
                            : (flags & BasicSecurityHeader.SEC_REDIRECTION_PKT) != 0
                                    ? "StandardServerRedirectionPdu"
                                    : "SharePdu";
            WireReader secured = in.renamed(pdu, HEADER_SECTION);
            secured.within("securityHeader", HEADER_SECTION, BasicSecurityHeader::decode);
            encrypted(pdu, secured, notes);
        } else if ((flags & BasicSecurityHeader.SEC_EXCHANGE_PKT) != 0) {
            notes.named("SecurityExchangePdu");
            SecurityExchangePdu.decode(in.renamed("SecurityExchangePdu", "MS-RDPBCGR 2.2.1.10"));
        } else if ((flags & BasicSecurityHeader.SEC_INFO_PKT) != 0) {
            notes.named("ClientInfoPdu");
            ClientInfoPdu.decode(in.renamed("ClientInfoPdu", "MS-RDPBCGR 2.2.1.11"));
        } else {
            plain(direction, flags, in, frame, notes);
        }
    }

    /** What stands behind a security header that says what it is, or behind one that says nothing. */
    private void plain(Direction direction, int flags, WireReader in, ByteBuf frame, PduReader.Notes notes) {
        if ((flags & BasicSecurityHeader.SEC_LICENSE_PKT) != 0) {
            int at = frame.readerIndex() + in.offset() + BasicSecurityHeader.SIZE;
            String pdu = in.has(BasicSecurityHeader.SIZE + 1) ? licensing(frame.getUnsignedByte(at)) : "LicensingPdu";
            behindHeader(pdu, "MS-RDPBCGR 2.2.1.12", in, notes, LicensingPdu::decode);
        } else if ((flags & BasicSecurityHeader.SEC_AUTODETECT_REQ) != 0) {
            behindHeader("AutoDetectRequest", "MS-RDPBCGR 2.2.14.3", in, notes, AutoDetectRequest::decode);
        } else if ((flags & BasicSecurityHeader.SEC_AUTODETECT_RSP) != 0) {
            behindHeader("AutoDetectResponse", "MS-RDPBCGR 2.2.14.4", in, notes, AutoDetectResponse::decode);
        } else if ((flags & BasicSecurityHeader.SEC_HEARTBEAT) != 0) {
            behindHeader("HeartbeatPdu", "MS-RDPBCGR 2.2.16.1", in, notes, HeartbeatPdu::decode);
        } else if ((flags & BasicSecurityHeader.SEC_TRANSPORT_REQ) != 0) {
            behindHeader(
                    "InitiateMultitransportRequest",
                    "MS-RDPBCGR 2.2.15.1",
                    in,
                    notes,
                    InitiateMultitransportRequest::decode);
        } else if ((flags & BasicSecurityHeader.SEC_TRANSPORT_RSP) != 0) {
            behindHeader(
                    "InitiateMultitransportResponse",
                    "MS-RDPBCGR 2.2.15.2",
                    in,
                    notes,
                    InitiateMultitransportResponse::decode);
        } else if ((flags & BasicSecurityHeader.SEC_REDIRECTION_PKT) != 0) {
            behindHeader(
                    "StandardServerRedirectionPdu",
                    "MS-RDPBCGR 2.2.13.2.1",
                    in,
                    notes,
                    StandardServerRedirectionPdu::decode);
        } else {
            WireReader secured = in.renamed("SharePdu", HEADER_SECTION);
            secured.within("securityHeader", HEADER_SECTION, BasicSecurityHeader::decode);
            share.read(direction, secured, frame, notes);
        }
    }

    private static <T extends Pdu> void behindHeader(
            String pdu, String section, WireReader in, PduReader.Notes notes, Function<WireReader, T> body) {
        notes.named(pdu);
        WireReader reader = in.renamed(pdu, section);
        reader.within("securityHeader", HEADER_SECTION, BasicSecurityHeader::decode);
        body.apply(reader);
    }

    /** MS-RDPBCGR 2.2.8.1.1.2.2 and 2.2.8.1.1.2.3: signatures, and octets that only the two ends can read. */
    private void encrypted(String pdu, WireReader in, PduReader.Notes notes) {
        notes.named(pdu + " (encrypted)");
        if (facts.hasFips()) {
            in.u16le("fipsInformation.length");
            in.u8("fipsInformation.version");
            in.u8("fipsInformation.padlen");
        }
        in.bytes(SIGNATURE, "dataSignature");
        in.rest("encryptedData");
    }

    private static String licensing(int type) {
        return switch (type) {
            case LicensingPdu.LICENSE_REQUEST -> "LicenseRequest";
            case LicensingPdu.PLATFORM_CHALLENGE -> "PlatformChallenge";
            case LicensingPdu.NEW_LICENSE -> "NewLicense";
            case LicensingPdu.UPGRADE_LICENSE -> "UpgradeLicense";
            case LicensingPdu.LICENSE_INFO -> "LicenseInfo";
            case LicensingPdu.NEW_LICENSE_REQUEST -> "NewLicenseRequest";
            case LicensingPdu.PLATFORM_CHALLENGE_RESPONSE -> "PlatformChallengeResponse";
            case LicensingPdu.ERROR_ALERT -> "LicenseErrorMessage";
            default -> "LicensingPdu";
        };
    }
}
