package porthole.graphics.h264.ffmpeg;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries in this process, unpacked into the user's cache folder when they are first used. */
public final class Libraries {
    private static final String MEMORY_CHECK = "org.bytedeco.javacpp.maxPhysicalBytes";

    private Libraries() {}

    private static final class Loaded {
        static final boolean WORKS = load();

        private static boolean load() {
            if (System.getProperty(MEMORY_CHECK) == null) {
                // JavaCPP refuses to allocate where the whole process is larger than twice the Java heap, as ours may
                // be
                System.setProperty(MEMORY_CHECK, "0");
            }
            try {
                Loader.load(avutil.class);
                Loader.load(avcodec.class);
                avutil.av_log_set_level(avutil.AV_LOG_QUIET);
                return true;
            } catch (LinkageError | RuntimeException e) {
                return false; // another system, another processor, or no folder to unpack into
            }
        }
    }

    /** Whether they work on this machine. */
    public static boolean work() {
        return Loaded.WORKS;
    }
}
