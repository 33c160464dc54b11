package porthole.graphics.h264.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** A few access units of H.264, made by libopenh264. */
final class TinyStream {
    /** A picture as three planes, luma and two of half its width and height. */
    record Planes(byte[] y, byte[] u, byte[] v) {}

    private TinyStream() {}

    /** Slanted stripes that move. */
    static List<byte[]> of(int width, int height, int pictures) {
        List<Planes> all = new ArrayList<>();
        for (int n = 0; n < pictures; n++) {
            all.add(new Planes(
                    stripes(width, height, 3, n),
                    stripes(width / 2, height / 2, 4, n),
                    stripes(width / 2, height / 2, 5, n)));
        }
        return of(width, height, all);
    }

    private static byte[] stripes(int width, int height, int slant, int n) {
        byte[] plane = new byte[width * height];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (byte) (i % width * slant + i / width * 5 + n * 11);
        }
        return plane;
    }

    /** One access unit for each picture. */
    static List<byte[]> of(int width, int height, List<Planes> pictures) {
        new FfmpegProvider().isAvailable(); // loads the libraries
        AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        context.width(width);
        context.height(height);
        context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        context.time_base(new AVRational().num(1).den(10));
        context.framerate(new AVRational().num(10).den(1));
        context.bit_rate(20_000_000);
        context.qmin(1);
        context.qmax(12);
        context.gop_size(100);
        require(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
        AVFrame frame = avutil.av_frame_alloc();
        frame.format(avutil.AV_PIX_FMT_YUV420P);
        frame.width(width);
        frame.height(height);
        require(avutil.av_frame_get_buffer(frame, 0));
        AVPacket packet = avcodec.av_packet_alloc();
        List<byte[]> units = new ArrayList<>();
        for (int n = 0; n <= pictures.size(); n++) {
            if (n < pictures.size()) {
                require(avutil.av_frame_make_writable(frame));
                fill(frame, 0, pictures.get(n).y(), width, height);
                fill(frame, 1, pictures.get(n).u(), width / 2, height / 2);
                fill(frame, 2, pictures.get(n).v(), width / 2, height / 2);
                frame.pts(n);
            }
            require(avcodec.avcodec_send_frame(context, n < pictures.size() ? frame : null));
            while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
                byte[] unit = new byte[packet.size()];
                packet.data().get(unit);
                units.add(unit);
                avcodec.av_packet_unref(packet);
            }
        }
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
        return units;
    }

    private static void fill(AVFrame frame, int plane, byte[] from, int width, int height) {
        for (int y = 0; y < height; y++) {
            frame.data(plane).position((long) y * frame.linesize(plane)).put(from, y * width, width);
        }
    }

    private static void require(int code) {
        if (code < 0) {
            throw new IllegalStateException("FFmpeg says " + code);
        }
    }
}
