package porthole.client.video.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import porthole.client.video.VideoWriter;
import porthole.graphics.picture.Picture;

/**
 * Writes MP4 with H.264 by libopenh264, or with MPEG-4 where FFmpeg was built without it. Times are thousandths of a second;
 * sides are made even with a black line.
 */
final class Mp4Writer implements VideoWriter {
    private static final int MILLIS = 1000;
    private static final int MOST_BITS = 20_000_000;
    private static final int LEAST_BITS = 2_000_000;

    private final int width;
    private final int height;
    private final byte[] luma;
    private final byte[] blue;
    private final byte[] red;
    private AVFormatContext format;
    private AVCodecContext encoder;
    private AVStream stream;
    private AVFrame frame;
    private AVPacket packet;
    private Picture last;
    private long lastMillis = -1;

    Mp4Writer(Path file, int width, int height) throws IOException {
        this.width = width + 1 & ~1;
        this.height = height + 1 & ~1;
        luma = new byte[this.width * this.height];
        blue = new byte[luma.length / 4];
        red = new byte[luma.length / 4];
        try {
            open(file.toString());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void open(String file) throws IOException {
        format = new AVFormatContext(null);
        check(avformat.avformat_alloc_output_context2(format, (AVOutputFormat) null, "mp4", file), "MP4");
        AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
        if (codec == null) {
            codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MPEG4);
        }
        if (codec == null) {
            throw new IOException("FFmpeg has neither libopenh264 nor mpeg4");
        }
        encoder = avcodec.avcodec_alloc_context3(codec);
        encoder.width(width);
        encoder.height(height);
        encoder.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        encoder.time_base(new AVRational().num(1).den(MILLIS));
        encoder.framerate(new AVRational().num(10).den(1));
        encoder.gop_size(100);
        encoder.bit_rate(Math.max(LEAST_BITS, Math.min(MOST_BITS, 4L * width * height)));
        encoder.color_range(avutil.AVCOL_RANGE_MPEG);
        encoder.colorspace(avutil.AVCOL_SPC_SMPTE170M);
        if ((format.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
            encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        check(
                avcodec.avcodec_open2(encoder, codec, (AVDictionary) null),
                "the encoder " + codec.name().getString());
        stream = avformat.avformat_new_stream(format, codec);
        stream.time_base(encoder.time_base());
        check(avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder), "the stream");
        AVIOContext io = new AVIOContext(null);
        check(avformat.avio_open(io, file, avformat.AVIO_FLAG_WRITE), file);
        format.pb(io);
        check(avformat.avformat_write_header(format, (AVDictionary) null), "the header");
        frame = avutil.av_frame_alloc();
        frame.format(avutil.AV_PIX_FMT_YUV420P);
        frame.width(width);
        frame.height(height);
        check(avutil.av_frame_get_buffer(frame, 0), "a picture");
        packet = avcodec.av_packet_alloc();
    }

    @Override
    public void frame(Picture picture, long millis) throws IOException {
        if (last != null && last.differingPixels(picture) == 0) {
            return;
        }
        last = picture;
        encode(picture, millis);
    }

    private void encode(Picture picture, long millis) throws IOException {
        lastMillis = Math.max(lastMillis + 1, millis);
        planes((picture.width() == width && picture.height() == height ? picture : picture.on(width, height))
                .toArray());
        check(avutil.av_frame_make_writable(frame), "a picture");
        plane(0, luma, width, height);
        plane(1, blue, width / 2, height / 2);
        plane(2, red, width / 2, height / 2);
        frame.pts(lastMillis);
        check(avcodec.avcodec_send_frame(encoder, frame), "a picture");
        drain();
    }

    /** BT.601 in the range of video: what players expect without being told. */
    private void planes(int[] argb) {
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                int at = y * width + x;
                int r = 0;
                int g = 0;
                int b = 0;
                for (int i : new int[] {at, at + 1, at + width, at + width + 1}) {
                    int pr = argb[i] >> 16 & 0xFF;
                    int pg = argb[i] >> 8 & 0xFF;
                    int pb = argb[i] & 0xFF;
                    luma[i] = (byte) ((66 * pr + 129 * pg + 25 * pb + 128 >> 8) + 16);
                    r += pr;
                    g += pg;
                    b += pb;
                }
                int chroma = y / 2 * (width / 2) + x / 2;
                blue[chroma] = (byte) ((-38 * r - 74 * g + 112 * b + 512 >> 10) + 128);
                red[chroma] = (byte) ((112 * r - 94 * g - 18 * b + 512 >> 10) + 128);
            }
        }
    }

    private void plane(int index, byte[] from, int columns, int rows) {
        BytePointer to = frame.data(index);
        long stride = frame.linesize(index);
        for (int y = 0; y < rows; y++) {
            to.position(y * stride).put(from, y * columns, columns);
        }
    }

    private void drain() throws IOException {
        while (true) {
            int got = avcodec.avcodec_receive_packet(encoder, packet);
            if (got == avutil.AVERROR_EAGAIN() || got == avutil.AVERROR_EOF) {
                return;
            }
            check(got, "a picture");
            avcodec.av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            check(avformat.av_interleaved_write_frame(format, packet), "the file");
        }
    }

    @Override
    public void finish(long millis) throws IOException {
        if (last == null) {
            frame(Picture.copyOf(width, height, new int[width * height]), 0);
        }
        if (millis > lastMillis) {
            encode(last, millis); // a player shows the last picture until here
        }
        check(avcodec.avcodec_send_frame(encoder, null), "the end");
        drain();
        check(avformat.av_write_trailer(format), "the end of the file");
    }

    private static void check(int code, String what) throws IOException {
        if (code < 0) {
            throw new IOException("FFmpeg cannot write " + what + ": error " + code);
        }
    }

    @Override
    public void close() {
        if (packet != null) {
            avcodec.av_packet_free(packet);
            packet = null;
        }
        if (frame != null) {
            avutil.av_frame_free(frame);
            frame = null;
        }
        if (encoder != null) {
            avcodec.avcodec_free_context(encoder);
            encoder = null;
        }
        if (format != null && !format.isNull()) {
            if (format.pb() != null) {
                avformat.avio_close(format.pb());
            }
            avformat.avformat_free_context(format);
            format = null;
        }
    }
}
