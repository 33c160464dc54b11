package porthole.client.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.video.VideoWriter;
import porthole.graphics.picture.Picture;

class Mp4WriterTest {
    @TempDir
    private Path folder;

    private static Picture plain(int width, int height, int argb) {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, argb);
        return Picture.copyOf(width, height, pixels);
    }

    /** Size, and when each picture is shown, in thousandths of a second. */
    private static List<Long> read(Path file, int width, int height) {
        AVFormatContext in = new AVFormatContext(null);
        assertThat(avformat.avformat_open_input(in, file.toString(), (AVInputFormat) null, (AVDictionary) null))
                .isZero();
        assertThat(avformat.avformat_find_stream_info(in, (AVDictionary) null)).isGreaterThanOrEqualTo(0);
        assertThat(in.nb_streams()).isEqualTo(1);
        var stream = in.streams(0);
        assertThat(List.of(stream.codecpar().width(), stream.codecpar().height()))
                .containsExactly(width, height);
        assertThat(stream.codecpar().codec_id()).isEqualTo(avcodec.AV_CODEC_ID_H264);
        List<Long> times = new ArrayList<>();
        AVPacket packet = avcodec.av_packet_alloc();
        while (avformat.av_read_frame(in, packet) >= 0) {
            times.add(packet.pts()
                    * 1000
                    * stream.time_base().num()
                    / stream.time_base().den());
            avcodec.av_packet_unref(packet);
        }
        avcodec.av_packet_free(packet);
        avformat.avformat_close_input(in);
        assertThat(avutil.avutil_version()).isPositive();
        return times;
    }

    @Test
    void picturesAreShownAtTheirTimes() throws IOException {
        Path file = folder.resolve("a.mp4");
        VideoWriter.Provider provider = new Mp4Provider();
        assertThat(provider.isAvailable()).isTrue();
        assertThat(provider.ending()).isEqualTo("mp4");
        try (VideoWriter writer = provider.create(file, 161, 119)) {
            writer.frame(plain(161, 119, 0xFF204060), 0);
            writer.frame(plain(161, 119, 0xFF204060), 50); // nothing new
            writer.frame(plain(161, 119, 0xFFF0A000), 250);
            writer.frame(plain(80, 60, 0xFF00FF00), 1000);
            writer.finish(2000);
        }
        assertThat(read(file, 162, 120)).containsExactly(0L, 250L, 1000L, 2000L);
    }

    @Test
    void aFileThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(() -> new Mp4Writer(folder.resolve("missing/a.mp4"), 64, 64))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.mp4");
    }
}
