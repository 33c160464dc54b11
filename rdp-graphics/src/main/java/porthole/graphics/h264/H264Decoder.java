package porthole.graphics.h264;

import porthole.protocol.failure.WireException;

/**
 * One H.264 stream (ITU-T H.264, annex B), decoded picture by picture.
 *
 * <p>An implementation comes from a {@link Provider}. Used by one thread at a time.
 */
public interface H264Decoder extends AutoCloseable {
    /**
     * Decodes one access unit; pictures come without delay and in the order of the stream.
     *
     * @param octets borrowed for the call
     * @param into shows the picture, until the next call
     * @return whether a picture came out; parameter sets alone give none
     * @throws WireException where the stream is wrong, uses what the decoder does not know, or is larger than allowed
     */
    boolean decode(byte[] octets, int from, int to, YuvPicture into);

    /** Ends the stream and frees what it holds. */
    @Override
    void close();

    /** A way to decode H.264, found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** The {@link #preference} from which on a decoder keeps up with a moving desktop. */
        int FAST = 100;

        /** For people, for example {@code java}. */
        String name();

        /** The provider with the highest number is used; {@link #FAST} or more for one that keeps up. */
        int preference();

        /** Whether it works on this machine. */
        boolean isAvailable();

        /** @param maximumPixels of a picture; a stream with larger ones is refused */
        H264Decoder open(long maximumPixels);
    }
}
