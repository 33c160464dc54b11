package porthole.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Pdu;

/** What holds for every decoder: the same octets come out again, or the octets are refused with a WireException. */
public final class DecoderLaws {
    private final String name;
    private final Function<ByteBuf, ? extends Pdu> decoder;

    /** @param decoder whose PDUs write all that it read */
    public DecoderLaws(String name, Function<ByteBuf, ? extends Pdu> decoder) {
        this.name = name;
        this.decoder = decoder;
    }

    /** Decodes, and asserts that the value encodes to the same octets and equals its own decoding. */
    public Pdu keeps(byte[] wire) {
        Pdu pdu = decode(wire);
        byte[] again = pdu.toByteArray();
        assertThat(hex(again)).as(name).isEqualTo(hex(wire));
        assertThat((Object) decode(again)).as(name).isEqualTo(pdu);
        return pdu;
    }

    /** Every truncation is refused. */
    public void refusesEveryTruncation(byte[] wire) {
        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            if (!keepsOrRefuses(cut)) {
                continue;
            }
            fail(name + " accepted the first " + length + " of " + wire.length + " octets of " + hex(wire));
        }
    }

    /** Every truncation, with its outer lengths put right by {@code repair}, is refused or kept. */
    public void survivesEveryTruncation(byte[] wire, UnaryOperator<byte[]> repair) {
        for (int length = 0; length < wire.length; length++) {
            keepsOrRefuses(repair.apply(Arrays.copyOf(wire, length)));
        }
    }

    /** Random changes are refused or kept; {@code repair} puts outer lengths right. */
    public void survivesMutations(byte[] wire, int count, long seed, UnaryOperator<byte[]> repair) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            keepsOrRefuses(repair.apply(mutate(wire, random)));
        }
    }

    private boolean keepsOrRefuses(byte[] octets) {
        try {
            Pdu pdu = decode(octets);
            assertThat(hex(pdu.toByteArray())).as(name).isEqualTo(hex(octets));
            return true;
        } catch (WireException refused) {
            assertThat(refused.offset()).as(refused.getMessage()).isBetween(0, octets.length);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name + " threw something else for " + hex(octets), e);
        }
    }

    private Pdu decode(byte[] octets) {
        ByteBuf buffer = Unpooled.wrappedBuffer(octets);
        Pdu pdu = decoder.apply(buffer);
        assertThat(buffer.readerIndex()).isZero();
        return pdu;
    }

    private static byte[] mutate(byte[] wire, SplittableRandom random) {
        byte[] octets = wire.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(octets.length);
            switch (random.nextInt(6)) {
                case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> octets[at] = (byte) random.nextInt(256);
                case 2 -> octets[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                case 3 -> octets[at] += random.nextBoolean() ? 1 : -1;
                case 4 -> octets = insert(octets, at, (byte) random.nextInt(256));
                default -> octets = octets.length == 1 ? octets : remove(octets, at);
            }
        }
        return octets;
    }

    private static byte[] insert(byte[] octets, int at, byte octet) {
        byte[] longer = Arrays.copyOf(octets, octets.length + 1);
        System.arraycopy(octets, at, longer, at + 1, octets.length - at);
        longer[at] = octet;
        return longer;
    }

    private static byte[] remove(byte[] octets, int at) {
        byte[] shorter = Arrays.copyOf(octets, octets.length - 1);
        System.arraycopy(octets, at + 1, shorter, at, octets.length - at - 1);
        return shorter;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
