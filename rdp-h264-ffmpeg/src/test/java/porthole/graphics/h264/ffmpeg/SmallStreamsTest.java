package porthole.graphics.h264.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.H264Streams;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.graphics.h264.software.SoftwareProvider;

/** Every tool of H.264 that the small streams make use of, decoded by FFmpeg and in pure Java: no sample differs. */
class SmallStreamsTest {
    private static final int PADDING = 64;

    static Stream<String> names() {
        return H264Streams.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void bothGiveTheSamePictures(String name) {
        List<byte[]> units = H264Streams.accessUnits(name);
        List<ByteBuffer> ours = new ArrayList<>();
        try (H264Decoder decoder = new SoftwareProvider().open(1 << 16)) {
            YuvPicture picture = new YuvPicture();
            for (byte[] unit : units) {
                assertThat(decoder.decode(unit, 0, unit.length, picture)).isTrue();
                ours.add(Planes.of(picture));
            }
        }
        // FFmpeg gives pictures in the order in which they are to be shown
        assertThat(ours).containsExactlyInAnyOrderElementsOf(ffmpeg(units));
    }

    private static List<ByteBuffer> ffmpeg(List<byte[]> units) {
        assertThat(new FfmpegProvider().isAvailable()).isTrue();
        AVCodecContext context = avcodec.avcodec_alloc_context3(avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264));
        context.thread_count(1);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_UNALIGNED); // crops exactly
        assertThat(avcodec.avcodec_open2(context, context.codec(), (AVDictionary) null))
                .isZero();
        AVPacket packet = avcodec.av_packet_alloc();
        AVFrame frame = avutil.av_frame_alloc();
        List<ByteBuffer> pictures = new ArrayList<>();
        for (byte[] unit : units) {
            try (BytePointer octets = new BytePointer(unit.length + PADDING)) {
                octets.put(unit, 0, unit.length);
                octets.position(unit.length).put(new byte[PADDING], 0, PADDING);
                octets.position(0);
                packet.data(octets);
                packet.size(unit.length);
                assertThat(avcodec.avcodec_send_packet(context, packet)).isZero();
                receive(context, frame, pictures);
                packet.data(null);
            }
        }
        avcodec.avcodec_send_packet(context, (AVPacket) null);
        receive(context, frame, pictures);
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
        return pictures;
    }

    private static void receive(AVCodecContext context, AVFrame frame, List<ByteBuffer> pictures) {
        while (avcodec.avcodec_receive_frame(context, frame) >= 0) {
            boolean grey = frame.format() == avutil.AV_PIX_FMT_GRAY8;
            int chromaWidth = (frame.width() + 1) / 2;
            int chromaHeight = (frame.height() + 1) / 2;
            byte[] samples = new byte[frame.width() * frame.height() + 2 * chromaWidth * chromaHeight];
            int to = 0;
            for (int plane = 0; plane < 3; plane++) {
                int width = plane == 0 ? frame.width() : chromaWidth;
                int height = plane == 0 ? frame.height() : chromaHeight;
                for (int y = 0; y < height; y++, to += width) {
                    if (plane > 0 && grey) {
                        Arrays.fill(samples, to, to + width, (byte) 128);
                    } else {
                        frame.data(plane)
                                .position((long) y * frame.linesize(plane))
                                .get(samples, to, width);
                    }
                }
            }
            pictures.add(ByteBuffer.wrap(samples));
            avutil.av_frame_unref(frame);
        }
    }
}
