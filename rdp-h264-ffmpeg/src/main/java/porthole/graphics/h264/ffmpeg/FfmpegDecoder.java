package porthole.graphics.h264.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.protocol.failure.WireException;

/**
 * One stream through libavcodec, on the caller's thread and without delay.
 *
 * <p>What FFmpeg would repair or guess is refused, so that a wrong stream ends in an error and not in a wrong picture.
 */
final class FfmpegDecoder implements H264Decoder {
    private static final String NAME = "H264AccessUnit";
    private static final String SECTION = "ITU-T H.264";
    /** FFmpeg reads up to 64 octets behind the end. */
    private static final int PADDING = 64;
    /** A picture is up to a macroblock larger on each side than what it shows. */
    private static final long BORDER = 16 * (1 << 16);

    private final long maximumPixels;
    private final byte[][] planes = new byte[3][0];
    private AVCodecContext context;
    private AVPacket packet;
    private AVFrame frame;
    private BytePointer input;

    FfmpegDecoder(long maximumPixels) {
        this.maximumPixels = maximumPixels;
        AVCodec codec = avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264);
        context = avcodec.avcodec_alloc_context3(codec);
        packet = avcodec.av_packet_alloc();
        frame = avutil.av_frame_alloc();
        if (context == null || packet == null || frame == null) {
            throw new IllegalStateException("FFmpeg has no memory for a decoder");
        }
        context.thread_count(1);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
        context.err_recognition(avcodec.AV_EF_EXPLODE);
        context.max_pixels(maximumPixels + BORDER);
        if (avcodec.avcodec_open2(context, codec, (AVDictionary) null) < 0) {
            close();
            throw new IllegalStateException("FFmpeg cannot begin a decoder");
        }
    }

    @Override
    public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
        if (context == null) {
            throw new IllegalStateException("the decoder is closed");
        }
        if (to == from) {
            throw error("nal_unit", "nothing", "at least its header");
        }
        int length = to - from;
        if (input == null || input.capacity() < (long) length + PADDING) {
            if (input != null) {
                input.close();
            }
            input = new BytePointer(Math.max(1 << 16, 2L * length) + PADDING);
        }
        input.position(0).put(octets, from, length);
        input.position(length).put(new byte[PADDING], 0, PADDING);
        input.position(0);
        packet.data(input);
        packet.size(length);
        int sent = avcodec.avcodec_send_packet(context, packet);
        int got = sent < 0 ? sent : avcodec.avcodec_receive_frame(context, frame);
        if (got < 0) {
            if (sent >= 0 && got == avutil.AVERROR_EAGAIN() && !hasSlice(octets, from, to)) {
                return false;
            }
            throw error("slice", message(got), "a picture that can be decoded");
        }
        try {
            take(into);
        } finally {
            avutil.av_frame_unref(frame);
        }
        return true;
    }

    private void take(YuvPicture into) {
        int width = frame.width();
        int height = frame.height();
        if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
            throw error(
                    "slice",
                    String.format("errors 0x%X", frame.decode_error_flags()),
                    "all macroblocks, and all reference pictures");
        }
        if (frame.format() != avutil.AV_PIX_FMT_YUV420P && frame.format() != avutil.AV_PIX_FMT_YUVJ420P) {
            throw error("seq_parameter_set", "pixel format " + frame.format(), "8 bits, 4:2:0");
        }
        if (width < 1 || height < 1 || (long) width * height > maximumPixels) {
            throw error("pic_width_in_mbs_minus1", width + " x " + height, "at most " + maximumPixels + " pixels");
        }
        int chromaWidth = (width + 1) / 2;
        plane(0, width, height);
        plane(1, chromaWidth, (height + 1) / 2);
        plane(2, chromaWidth, (height + 1) / 2);
        into.view(planes[0], planes[1], planes[2], width, height, 0, width, 0, chromaWidth);
    }

    private void plane(int index, int width, int height) {
        if (planes[index].length < width * height) {
            planes[index] = new byte[width * height];
        }
        byte[] to = planes[index];
        BytePointer from = frame.data(index);
        long stride = frame.linesize(index);
        for (int y = 0; y < height; y++) {
            from.position(y * stride).get(to, y * width, width);
        }
    }

    /** Whether there is a NAL unit of the types 1 to 5, a part of a picture. */
    private static boolean hasSlice(byte[] octets, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (octets[i] == 0 && octets[i + 1] == 0 && octets[i + 2] == 1) {
                int type = octets[i + 3] & 0x1F;
                if (type >= 1 && type <= 5) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String message(int code) {
        try (BytePointer text = new BytePointer(avutil.AV_ERROR_MAX_STRING_SIZE)) {
            avutil.av_strerror(code, text, text.capacity());
            return "FFmpeg: " + text.getString().replace("\0", "");
        }
    }

    private static WireException error(String field, String seen, String rule) {
        return new WireException(NAME, field, 0, seen, rule, SECTION);
    }

    @Override
    public void close() {
        if (packet != null) {
            packet.data(null);
            avcodec.av_packet_free(packet);
            packet = null;
        }
        if (frame != null) {
            avutil.av_frame_free(frame);
            frame = null;
        }
        if (context != null) {
            avcodec.avcodec_free_context(context);
            context = null;
        }
        if (input != null) {
            input.close();
            input = null;
        }
    }
}
