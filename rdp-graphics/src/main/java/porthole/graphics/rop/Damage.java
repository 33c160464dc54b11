package porthole.graphics.rop;

/** Is told which pixels were painted. */
@FunctionalInterface
public interface Damage {
    /** For drawing that nobody sees yet. */
    Damage NONE = (x, y, width, height) -> {};

    /** A rectangle within the raster, never empty. */
    void add(int x, int y, int width, int height);
}
