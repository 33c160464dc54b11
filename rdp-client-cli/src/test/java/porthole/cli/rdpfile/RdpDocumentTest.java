package porthole.cli.rdpfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.cli.base.UsageException;

class RdpDocumentTest {
    private static final String TEXT =
            "full address:s:h\u00F6st \r\n Unknown Key :Z: a:b \n\r\nno setting\r\rscreen mode id:i:1\nlast:s:";

    private static RdpDocument parse(String text) {
        return RdpDocument.parse("test.rdp", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(RdpEncoding.class)
    void writesTheSameOctetsInEveryEncoding(RdpEncoding encoding) {
        byte[] octets = encoding.encode(TEXT);
        RdpDocument document = RdpDocument.parse("test.rdp", octets);
        assertThat(document.encoding()).isEqualTo(encoding);
        assertThat(document.octets()).isEqualTo(octets);
        assertThat(document.lines()).hasSize(7);
        assertThat(document.line("full address").orElseThrow().value()).isEqualTo("h\u00F6st");
    }

    @Test
    void takesALineApart() {
        RdpLine line = parse(TEXT).settings("unknown key").get(0);
        assertThat(line.number()).isEqualTo(2);
        assertThat(line.type()).isEqualTo('z');
        assertThat(line.value()).isEqualTo("a:b");
        assertThat(line.typeColumn()).isEqualTo(15);
        assertThat(line.valueColumn()).isEqualTo(18);
        assertThat(line.text().charAt(line.valueColumn() - 1)).isEqualTo('a');
    }

    @Test
    void aLineWithoutKeyOrTypeIsKeptAndMeansNothing() {
        for (String text :
                new String[] {"", ":", "::", "a", "a:", "a:s", "a::", "a:ss:v", ":s:v", "x".repeat(200) + ":s:v"}) {
            RdpDocument document = parse(text);
            assertThat(document.lines()).as(text).noneMatch(RdpLine::isSetting);
            assertThat(document.octets()).asString(StandardCharsets.UTF_8).isEqualTo(text);
        }
    }

    @Test
    void refusesWhatIsNoText() {
        byte[] odd = {(byte) 0xFF, (byte) 0xFE, 'a', 0, 'b'};
        byte[] half = {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xD8};
        byte[] overlong = {'a', (byte) 0xC0, (byte) 0x80};
        for (byte[] octets : new byte[][] {odd, half, overlong}) {
            assertThatThrownBy(() -> RdpDocument.parse("test.rdp", octets))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is not text");
        }
    }

    @Test
    void refusesTooManyLines() {
        assertThatThrownBy(() -> parse("\n".repeat(5001)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("5000 lines");
        assertThat(parse("\n".repeat(5000)).lines()).hasSize(5000);
    }

    @Test
    void anyOctetsAreWrittenAgainOrRefused() {
        SplittableRandom random = new SplittableRandom(5);
        int kept = 0;
        for (int i = 0; i < 2000; i++) {
            RdpEncoding encoding = RdpEncoding.values()[i % RdpEncoding.values().length];
            byte[] octets = encoding.encode(TEXT);
            for (int change = random.nextInt(4); change > 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(RdpDocument.parse("fuzz.rdp", octets).octets()).isEqualTo(octets);
                kept++;
            } catch (UsageException e) {
                assertThat(e).hasMessageContaining("fuzz.rdp");
            }
        }
        assertThat(kept).isBetween(500, 1999);
    }
}
