package porthole.client;

import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceLoader;
import porthole.graphics.h264.H264Decoder;

/** The H.264 decoder of this process: the fastest that is on the class path and works on this machine. */
public final class H264Choice {
    private H264Choice() {}

    /** Looked for when it is first needed, as that may load native code. */
    private static final class Found {
        static final Optional<H264Decoder.Provider> FASTEST = ServiceLoader.load(H264Decoder.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(H264Decoder.Provider::isAvailable)
                .max(Comparator.comparingInt(H264Decoder.Provider::preference));
    }

    static Optional<H264Decoder.Provider> fastest() {
        return Found.FASTEST;
    }

    /** For people: which decoder there is, and whether AVC is offered without being asked for. */
    public static String description() {
        return fastest()
                .map(provider -> keepsUp(provider)
                        ? provider.name() + ", offered"
                        : provider.name() + ", not offered unless asked for: it does not keep up with a moving desktop")
                .orElse("none");
    }

    static boolean keepsUp(H264Decoder.Provider provider) {
        return provider.preference() >= H264Decoder.Provider.FAST;
    }
}
