package porthole.protocol.mcs;

import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The limits of an MCS domain, each 0 to 2^32-1 (T.125 7, DomainParameters). */
public record DomainParameters(
        long maxChannelIds,
        long maxUserIds,
        long maxTokenIds,
        long numPriorities,
        long minThroughput,
        long maxHeight,
        long maxMCSPDUsize,
        long protocolVersion)
        implements Pdu {
    /** What every known client wants. */
    public static final DomainParameters TARGET = new DomainParameters(34, 2, 0, 1, 0, 1, 65535, 2);

    /** The least that every known client accepts. */
    public static final DomainParameters MINIMUM = new DomainParameters(1, 1, 1, 1, 0, 1, 1056, 2);

    /** The most that every known client accepts. */
    public static final DomainParameters MAXIMUM = new DomainParameters(65535, 64535, 65535, 1, 0, 1, 65535, 2);

    /** What every known host answers. */
    public static final DomainParameters HOST = new DomainParameters(34, 3, 0, 1, 0, 1, 65528, 2);

    static final String SECTION = "T.125 7 DomainParameters";

    /** Decodes the contents of the sequence. */
    public static DomainParameters decode(WireReader in) {
        DomainParameters parameters = new DomainParameters(
                Ber.unsigned(in, Ber.INTEGER, "maxChannelIds"),
                Ber.unsigned(in, Ber.INTEGER, "maxUserIds"),
                Ber.unsigned(in, Ber.INTEGER, "maxTokenIds"),
                Ber.unsigned(in, Ber.INTEGER, "numPriorities"),
                Ber.unsigned(in, Ber.INTEGER, "minThroughput"),
                Ber.unsigned(in, Ber.INTEGER, "maxHeight"),
                Ber.unsigned(in, Ber.INTEGER, "maxMCSPDUsize"),
                Ber.unsigned(in, Ber.INTEGER, "protocolVersion"));
        in.end();
        return parameters;
    }

    static DomainParameters element(WireReader in, String field) {
        return decode(Ber.element(in, Ber.SEQUENCE, field));
    }

    /** Appends the contents of the sequence. */
    @Override
    public void encode(WireWriter out) {
        Ber.unsigned(out, Ber.INTEGER, maxChannelIds);
        Ber.unsigned(out, Ber.INTEGER, maxUserIds);
        Ber.unsigned(out, Ber.INTEGER, maxTokenIds);
        Ber.unsigned(out, Ber.INTEGER, numPriorities);
        Ber.unsigned(out, Ber.INTEGER, minThroughput);
        Ber.unsigned(out, Ber.INTEGER, maxHeight);
        Ber.unsigned(out, Ber.INTEGER, maxMCSPDUsize);
        Ber.unsigned(out, Ber.INTEGER, protocolVersion);
    }

    void encodeElement(WireWriter out) {
        byte[] contents = toByteArray();
        Ber.header(out, Ber.SEQUENCE, contents.length);
        out.bytes(contents);
    }
}
