package porthole.graphics.h264.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.H264Streams;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;

/** Each sample of each picture is as the specification has it: the digests are those of another decoder's pictures. */
class StreamsTest {
    static Stream<String> names() {
        return H264Streams.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachPictureComesAtOnceAndExact(String name) throws Exception {
        List<String> digests = new ArrayList<>();
        try (H264Decoder decoder = new SoftwareProvider().open(1 << 16)) {
            YuvPicture picture = new YuvPicture();
            for (byte[] unit : H264Streams.accessUnits(name)) {
                assertThat(decoder.decode(unit, 0, unit.length, picture)).isTrue();
                digests.add(digest(picture));
            }
        }
        assertThat(digests).isEqualTo(H264Streams.digests(name));
    }

    private static String digest(YuvPicture picture) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int y = 0; y < picture.height(); y++) {
            digest.update(picture.y(), picture.row(y), picture.width());
        }
        for (byte[] plane : List.of(picture.u(), picture.v())) {
            for (int y = 0; y < picture.chromaHeight(); y++) {
                digest.update(plane, picture.chromaRow(y), picture.chromaWidth());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
