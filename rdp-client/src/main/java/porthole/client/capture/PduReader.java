package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.ConferenceCreateRequest;
import porthole.protocol.gcc.ConferenceCreateResponse;
import porthole.protocol.mcs.ConnectInitial;
import porthole.protocol.mcs.ConnectResponse;
import porthole.protocol.mcs.DomainPdu;
import porthole.protocol.mcs.SendData;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.ConnectionRequest;
import porthole.protocol.x224.DisconnectRequest;
import porthole.protocol.x224.X224Data;

/** Names one message of a session and reads its fields with the product's own decoders. */
final class PduReader {
    private static final int CODE = 5;
    private static final int CONNECTION_REQUEST = 0xE0;
    private static final int CONNECTION_CONFIRM = 0xD0;
    private static final int DISCONNECT_REQUEST = 0x80;
    private static final int DATA = 0xF0;
    private static final int CONNECT_INITIAL = 0x7F65;
    private static final int CONNECT_RESPONSE = 0x7F66;

    private final SessionFacts facts;
    private final ChannelReader channels;
    private final FastPathReader fastPath;

    /** @param deep whether dynamic channels are read too, which takes time and memory */
    PduReader(Optional<SessionSecrets> secrets, boolean deep) {
        facts = new SessionFacts(secrets);
        channels = new ChannelReader(facts, deep);
        fastPath = new FastPathReader(facts);
    }

    /**
     * A message with its name, its fields, and the error that ended the reading, or null.
     *
     * @param plain the octets that were read, where they had to be decrypted first
     */
    record Result(String name, List<DecodedPdu.Field> fields, WireException problem, Optional<Bytes> plain) {}

    /** The names that a message gets while it is read, and where its fields go. */
    static final class Notes {
        FieldRecorder fields = new FieldRecorder();
        /** Whether the security header of standard security is gone, as under enhanced security. */
        boolean decrypted;

        private String name = "";
        private boolean open;

        /** The message is, or begins with, a PDU of that name; while it is open a better name may take its place. */
        void named(String better) {
            name = open || name.isEmpty() ? better : name + "+" + better;
            open = false;
        }

        /** A name that holds until a better one is known. */
        void provisional(String poor) {
            if (name.isEmpty()) {
                name = poor;
                open = true;
            }
        }
    }

    /** @param frame borrowed; its reader index is at the first octet of the message */
    Result read(Direction direction, FrameCutter.Kind kind, ByteBuf frame) {
        Notes notes = new Notes();
        WireException problem = null;
        Optional<ByteBuf> plain = Optional.empty();
        try {
            boolean mcs = kind == FrameCutter.Kind.TPKT || kind == FrameCutter.Kind.FAST_PATH;
            plain = mcs && direction != null ? facts.decryption.plain(direction, frame) : plain;
            if (plain.isPresent()) {
                notes.fields = notes.fields.overDerived();
                notes.decrypted = true;
            }
            ByteBuf readable = plain.orElse(frame);
            switch (kind) {
                case TPKT -> tpkt(direction, readable, notes);
                case FAST_PATH -> fastPath.read(direction, readable, notes);
                case PRECONNECTION -> AuthenticationReader.preconnection(frame, notes);
                case JSON -> AuthenticationReader.json(frame, notes);
                case CREDSSP -> AuthenticationReader.credSsp(frame, notes);
                case EARLY_USER_AUTHORIZATION -> AuthenticationReader.earlyUserAuthorization(frame, notes);
                case RDSTLS -> AuthenticationReader.rdstls(frame, notes);
                default -> raw(kind == FrameCutter.Kind.INCOMPLETE ? "Incomplete" : "Unframed", frame, notes);
            }
        } catch (WireException e) {
            problem = e;
        } catch (RuntimeException e) { // a decoder's defect must not cost the rest of the capture
            problem = new WireException(notes.name, "", 0, e.toString(), "a message that the decoder can read", "");
        }
        return new Result(
                notes.name.isEmpty() ? "Unreadable" : notes.name,
                notes.fields.fields(),
                problem,
                plain.map(octets -> Bytes.copyOf(octets, octets.readerIndex(), octets.readableBytes())));
    }

    private static void raw(String name, ByteBuf frame, Notes notes) {
        notes.named(name);
        WireReader.of(frame, name, "", notes.fields).rest("octets");
    }

    private void tpkt(Direction direction, ByteBuf frame, Notes notes) {
        int at = frame.readerIndex();
        int code = frame.readableBytes() > CODE ? frame.getUnsignedByte(at + CODE) & 0xF0 : 0;
        switch (code) {
            case CONNECTION_REQUEST -> {
                notes.named("ConnectionRequest");
                ConnectionRequest.decode(frame, notes.fields);
            }
            case CONNECTION_CONFIRM -> {
                notes.named("ConnectionConfirm");
                ConnectionConfirm.decode(frame, notes.fields);
            }
            case DISCONNECT_REQUEST -> {
                notes.named("DisconnectRequest");
                DisconnectRequest.decode(frame, notes.fields);
            }
            case DATA -> data(direction, frame, notes);
            default -> {
                notes.named("Tpdu");
                WireReader in = WireReader.of(frame, "Tpdu", "X.224 13", notes.fields);
                in.bytes(Math.min(4, in.remaining()), "tpktHeader");
                in.u8("lengthIndicator");
                in.u8("code");
                in.rest("octets");
            }
        }
    }

    private void data(Direction direction, ByteBuf frame, Notes notes) {
        notes.provisional("X224Data");
        WireReader in = X224Data.unwrap(frame, notes.fields);
        int choice = in.has(2) ? frame.getUnsignedShort(frame.readerIndex() + in.offset()) : in.peekU8("choice");
        if (choice == CONNECT_INITIAL) {
            notes.named("ConnectInitial");
            ConnectInitial.decode(in);
            facts.client(ConferenceCreateRequest.decode(userData("ConferenceCreateRequest", frame, notes))
                    .blocks());
        } else if (choice == CONNECT_RESPONSE) {
            notes.named("ConnectResponse");
            if (ConnectResponse.decode(in).userData().isEmpty()) {
                return;
            }
            facts.server(ConferenceCreateResponse.decode(userData("ConferenceCreateResponse", frame, notes))
                    .blocks());
        } else if (SendData.follows(in)) {
            SendData data = SendData.read(in);
            notes.provisional(data.isIndication() ? "SendDataIndication" : "SendDataRequest");
            Direction sent = data.isIndication() ? Direction.SERVER_TO_CLIENT : Direction.CLIENT_TO_SERVER;
            channels.read(direction == null ? sent : direction, data.channelId(), data.userData(), frame, notes);
        } else {
            int before = notes.fields.fields().size();
            DomainPdu pdu = DomainPdu.decode(in);
            String path = notes.fields.fields().get(before).path();
            notes.named(
                    pdu instanceof DomainPdu.Unknown
                            ? path.substring(0, path.indexOf('.'))
                            : pdu.getClass().getSimpleName());
        }
    }

    /** A reader over the GCC octets that an MCS connect PDU carries, which were read as its field {@code userData}. */
    private static WireReader userData(String pdu, ByteBuf frame, Notes notes) {
        List<DecodedPdu.Field> fields = notes.fields.fields();
        for (int i = fields.size() - 1; i >= 0; i--) {
            DecodedPdu.Field field = fields.get(i);
            if (field.path().contains("userData") && field.value() instanceof Bytes) {
                fields.remove(i); // its parts follow
                ByteBuf octets = frame.slice(frame.readerIndex() + field.offset(), field.length());
                return WireReader.of(octets, pdu, "MS-RDPBCGR 2.2.1.3", notes.fields.from(field.offset()));
            }
        }
        throw new WireException(pdu, "userData", 0, "none", "GCC user data", "MS-RDPBCGR 2.2.1.3");
    }
}
