package porthole.benchmarks;

/**
 * One encoded bitmap.
 *
 * @param width and height in pixels
 * @param bitsPerPixel where the codec does not say it
 * @param octets as the codec left them
 */
record Sample(int width, int height, int bitsPerPixel, byte[] octets) {
    long pixels() {
        return (long) width * height;
    }
}
