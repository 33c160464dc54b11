package porthole.host.session;

/** Width and height of a desktop in pixels; each 1 to 8192. */
public record DesktopSize(int width, int height) {
    /** The largest width and height that the protocol's capabilities know. */
    public static final int MAXIMUM = 8192;

    public DesktopSize {
        if (width < 1 || height < 1 || width > MAXIMUM || height > MAXIMUM) {
            throw new IllegalArgumentException("no desktop of " + width + "x" + height + " pixels");
        }
    }

    /** The part of this size that fits into {@code limit}. */
    public DesktopSize within(DesktopSize limit) {
        return new DesktopSize(Math.min(width, limit.width), Math.min(height, limit.height));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
