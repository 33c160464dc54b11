package porthole.protocol.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;

/** Recorded PDUs without TPKT, X.224 and MCS headers, and what every decoder has to hold for them. */
public final class RecordedUserData {
    private static final int MUTATIONS = 300;

    private RecordedUserData() {}

    /** One PDU and where it was recorded. */
    public record Sample(String name, byte[] octets) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The user data of all PDUs of that kind that are not encrypted; equal octets come once. */
    public static Stream<Sample> of(String... kinds) {
        List<Sample> samples = new ArrayList<>();
        Set<Bytes> seen = new HashSet<>();
        for (Recording recording : Fixtures.recordings()) {
            if (isEncrypted(recording)) {
                continue;
            }
            for (Row row : recording.rows()) {
                if (Arrays.asList(kinds).contains(row.kind())) {
                    byte[] octets = userData(recording.pdu(row));
                    if (seen.add(Bytes.of(octets))) {
                        samples.add(new Sample(recording + "/" + row, octets));
                    }
                }
            }
        }
        return samples.stream();
    }

    /** The user data of the first such PDU of one recording. */
    public static byte[] first(String recording, Direction direction, String kind) {
        return userData(Fixtures.recording(recording).firstPdu(direction, kind));
    }

    private static boolean isEncrypted(Recording recording) {
        return recording.name().startsWith("freerdp-rdp-xrdp/")
                && !recording.name().endsWith("/none")
                && !recording.name().endsWith("/shadow-unencrypted");
    }

    private static byte[] userData(byte[] pdu) {
        int lengthAt = 4 + 3 + 6;
        int length = (pdu[lengthAt] & 0x80) != 0 ? 2 : 1;
        return Arrays.copyOfRange(pdu, lengthAt + length, pdu.length);
    }

    /** Decodes all of {@code octets}. */
    public static <T> T decode(byte[] octets, Function<WireReader, T> decoder) {
        WireReader in = WireReader.of(octets, "Recorded", "test");
        T value = decoder.apply(in);
        in.end();
        return value;
    }

    /** The same octets come back, and nothing but {@link WireException} comes from octets that are cut or changed. */
    public static void holds(byte[] octets, Function<WireReader, ? extends Pdu> decoder) {
        Pdu pdu = decode(octets, decoder);
        assertThat(pdu.toByteArray()).isEqualTo(octets);
        assertThat(decode(octets, decoder)).isEqualTo(pdu).hasToString(pdu.toString());
        int step = Math.max(1, octets.length / 400);
        for (int cut = 0; cut < octets.length; cut += step) {
            survives(Arrays.copyOf(octets, cut), decoder);
        }
        SplittableRandom random = new SplittableRandom(octets.length);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] changed = octets.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            survives(changed, decoder);
        }
    }

    private static void survives(byte[] octets, Function<WireReader, ? extends Pdu> decoder) {
        try {
            WireReader in = WireReader.of(octets, "Changed", "test");
            Pdu pdu = decoder.apply(in);
            byte[] taken = Arrays.copyOf(octets, in.offset());
            assertThat(pdu.toByteArray()).isEqualTo(taken);
        } catch (WireException e) {
            assertThat(e.offset()).isBetween(0, octets.length);
            assertThat(e.rule()).isNotEmpty();
        }
    }
}
