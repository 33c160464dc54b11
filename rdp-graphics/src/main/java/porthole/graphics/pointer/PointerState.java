package porthole.graphics.pointer;

import java.util.Optional;
import porthole.graphics.picture.Picture;
import porthole.protocol.failure.WireException;
import porthole.protocol.graphics.PointerUpdate;

/**
 * What the pointer looks like and where it is; remembers the shapes that the host may call up again.
 *
 * <p>One thread applies updates, any thread may draw.
 */
public final class PointerState {
    /** The most shapes that a host may have remembered: {@code pointerCacheSize} of the Pointer Capability Set. */
    public static final int MAXIMUM_CACHE = 1024;

    private final PointerImage[] cache;
    private PointerImage image = SystemPointer.ARROW;
    private int x;
    private int y;

    /** @param cacheSize as the client announced it, 1 to {@link #MAXIMUM_CACHE} */
    public PointerState(int cacheSize) {
        if (cacheSize < 1 || cacheSize > MAXIMUM_CACHE) {
            throw new IllegalArgumentException("a pointer cache of " + cacheSize);
        }
        cache = new PointerImage[cacheSize];
    }

    /**
     * Applies what the host sent.
     *
     * @param palette 256 colours of 0xFFRRGGBB; used by pointers of 4 and 8 bits per pixel only
     */
    public synchronized void apply(PointerUpdate update, int[] palette) {
        if (update instanceof PointerUpdate.SystemNull) {
            image = null;
        } else if (update instanceof PointerUpdate.SystemDefault) {
            image = SystemPointer.ARROW;
        } else if (update instanceof PointerUpdate.Position position) {
            x = position.xPos();
            y = position.yPos();
        } else if (update instanceof PointerUpdate.Color color) {
            int slot = slot(color.cacheIndex());
            image = cache[slot] = PointerDecoder.decode(color, 24, palette);
        } else if (update instanceof PointerUpdate.New created) {
            int slot = slot(created.colorPtrAttr().cacheIndex());
            image = cache[slot] = PointerDecoder.decode(created.colorPtrAttr(), created.xorBpp(), palette);
        } else if (update instanceof PointerUpdate.Large large) {
            int slot = slot(large.cacheIndex());
            image = cache[slot] = PointerDecoder.decode(large, palette);
        } else if (update instanceof PointerUpdate.Cached cached) {
            PointerImage shape = cache[slot(cached.cacheIndex())];
            if (shape == null) {
                throw cacheIndex(cached.cacheIndex(), "the index of a pointer that was sent before");
            }
            image = shape;
        }
    }

    private int slot(int cacheIndex) {
        if (cacheIndex >= cache.length) {
            throw cacheIndex(cacheIndex, "0 to " + (cache.length - 1) + ", as the client announced");
        }
        return cacheIndex;
    }

    private static WireException cacheIndex(int seen, String rule) {
        return new WireException(
                "PointerUpdate", "cacheIndex", 0, String.valueOf(seen), rule, "MS-RDPBCGR 2.2.9.1.1.4");
    }

    /** Moves the pointer where the user moved it; hosts do not send that back. */
    public synchronized void moveTo(int newX, int newY) {
        x = newX;
        y = newY;
    }

    public synchronized int x() {
        return x;
    }

    public synchronized int y() {
        return y;
    }

    /** The present shape; empty while the host hides the pointer. */
    public synchronized Optional<PointerImage> image() {
        return Optional.ofNullable(image);
    }

    /** The picture with the pointer in it, or the same picture while the pointer is hidden. */
    public synchronized Picture drawOnto(Picture picture) {
        if (image == null) {
            return picture;
        }
        int[] pixels = picture.toArray();
        image.drawInto(pixels, picture.width(), picture.height(), x, y);
        return Picture.copyOf(picture.width(), picture.height(), pixels);
    }
}
