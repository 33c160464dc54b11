package porthole.host.card;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture that is a function of its size, its facts and the input so far: colour bars, gradients, a grid, a marker in
 * each corner, lines of text, and a cross at the pointer. Not thread-safe.
 */
public final class TestCard {
    /** Width and height of the markers in the corners, in pixels. */
    public static final int MARKER = 12;

    /** Marker colours as 0xRRGGBB: top left, top right, bottom left, bottom right. */
    public static final List<Integer> MARKER_COLOURS = List.of(0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF);

    /** The colour bars from left to right as 0xRRGGBB. */
    public static final List<Integer> BARS =
            List.of(0xFFFFFF, 0xFFFF00, 0x00FFFF, 0x00FF00, 0xFF00FF, 0xFF0000, 0x0000FF, 0x000000);

    private static final int CROSS_ARM = 12;
    private static final int CROSS_HALF_WIDTH = 1;
    private static final int MARGIN = 16;
    private static final int GRID = 32;
    private static final int GRID_LINE = 0x506478;
    private static final int BACKGROUND = 0x182430;
    private static final int INK = 0xFFE080;
    private static final int MAX_TYPED = 4096;

    private final int width;
    private final int height;
    private final int scale;
    private final int textTop;
    private final List<String> facts;
    private final DirtyTiles dirty;
    private final StringBuilder typed = new StringBuilder();
    private final StringBuilder pressed = new StringBuilder("-----");
    private int wheel;
    private int pointerX = -1;
    private int pointerY = -1;
    private String keysLine = "";
    private String pointerLine = "";

    /**
     * @param width in pixels
     * @param height in pixels
     * @param facts lines of text about the session
     */
    public TestCard(int width, int height, List<String> facts) {
        this.width = width;
        this.height = height;
        this.scale = width >= 640 ? 2 : 1;
        this.textTop = height / 2 + MARGIN;
        this.facts = List.copyOf(facts);
        this.dirty = new DirtyTiles(width, height);
        describeKeys();
        describePointer();
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** What changed since it was last taken. */
    public DirtyTiles dirty() {
        return dirty;
    }

    /** The lines of text as they stand, from the top. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(facts);
        lines.add(keysLine);
        lines.add(pointerLine);
        return lines;
    }

    /** The whole text typed so far, or the last part of a long one. */
    public String typed() {
        return typed.toString();
    }

    /** A card of another size that has seen the same input. */
    public TestCard resized(int newWidth, int newHeight, List<String> newFacts) {
        TestCard card = new TestCard(newWidth, newHeight, newFacts);
        card.typed.append(typed);
        card.pressed.replace(0, pressed.length(), pressed.toString());
        card.wheel = wheel;
        card.pointerX = pointerX;
        card.pointerY = pointerY;
        card.describeKeys();
        card.describePointer();
        return card;
    }

    /** Adds one character to the typed text. */
    public void type(char character) {
        if (typed.length() == MAX_TYPED) {
            typed.delete(0, MAX_TYPED / 2);
        }
        typed.append(character);
        describeKeys();
    }

    /** Takes the last character away. */
    public void backspace() {
        typed.setLength(Math.max(0, typed.length() - 1));
        describeKeys();
    }

    /** Puts the cross at a point; a point outside the picture is moved to its edge. */
    public void movePointer(int x, int y) {
        markCross();
        pointerX = Math.min(Math.max(x, 0), width - 1);
        pointerY = Math.min(Math.max(y, 0), height - 1);
        markCross();
        describePointer();
    }

    /** Shows a button as held or not; 0 left, 1 right, 2 middle, 3 and 4 the extended ones. */
    public void button(int number, boolean down) {
        pressed.setCharAt(number, down ? "LRM12".charAt(number) : '-');
        describePointer();
    }

    /** Adds to the sum of all wheel rotation, in the wheel's own units. */
    public void turnWheel(int rotation) {
        wheel += rotation;
        describePointer();
    }

    private void markCross() {
        if (pointerX >= 0) {
            dirty.mark(pointerX - CROSS_ARM, pointerY - CROSS_ARM, 2 * CROSS_ARM + 1, 2 * CROSS_ARM + 1);
        }
    }

    private void describeKeys() {
        int room = Math.max(1, (width - 2 * MARGIN) / (TinyFont.ADVANCE * scale) - "keys: _".length());
        String tail = typed.length() <= room ? typed.toString() : typed.substring(typed.length() - room);
        keysLine = "keys: " + tail + "_";
        markLine(facts.size());
    }

    private void describePointer() {
        String where = pointerX < 0 ? "nowhere" : pointerX + "," + pointerY;
        pointerLine = "pointer: " + where + "  buttons: " + pressed + "  wheel: " + wheel;
        markLine(facts.size() + 1);
    }

    private void markLine(int line) {
        int lineHeight = TinyFont.LINE_HEIGHT * scale;
        dirty.mark(0, textTop + line * lineHeight, width, lineHeight);
    }

    /** Draws a part of the picture as 0xFFRRGGBB, row by row from the top; {@code out} has room for it. */
    public void render(DirtyTiles.Tile part, int[] out) {
        int at = 0;
        for (int y = part.y(); y < part.y() + part.height(); y++) {
            for (int x = part.x(); x < part.x() + part.width(); x++) {
                out[at++] = argb(x, y);
            }
        }
    }

    /** The colour of one pixel as 0xFFRRGGBB. */
    public int argb(int x, int y) {
        int rgb = text(x, y) ? INK : ground(x, y);
        if (pointerX < 0 || !cross(Math.abs(x - pointerX), Math.abs(y - pointerY))) {
            return 0xFF000000 | rgb;
        }
        boolean bright = (rgb >> 16 & 0xFF) + 2 * (rgb >> 8 & 0xFF) + (rgb & 0xFF) > 4 * 0x80;
        return bright ? 0xFF000000 : 0xFFFFFFFF;
    }

    private static boolean cross(int dx, int dy) {
        return Math.min(dx, dy) <= CROSS_HALF_WIDTH && Math.max(dx, dy) <= CROSS_ARM;
    }

    private int ground(int x, int y) {
        boolean left = x < MARKER;
        boolean top = y < MARKER;
        if ((left || x >= width - MARKER) && (top || y >= height - MARKER)) {
            return MARKER_COLOURS.get((top ? 0 : 2) + (left ? 0 : 1));
        }
        if (y < height / 4) {
            return BARS.get(x * BARS.size() / width);
        }
        if (y < height / 2) {
            return gradient(x, (y - height / 4) * 4 / (height / 2 - height / 4));
        }
        return x % GRID == 0 || y % GRID == 0 ? GRID_LINE : BACKGROUND;
    }

    private int gradient(int x, int strip) {
        int level = width == 1 ? 0 : x * 255 / (width - 1);
        return switch (strip) {
            case 0 -> level * 0x010101;
            case 1 -> level << 16;
            case 2 -> level << 8;
            default -> level;
        };
    }

    private boolean text(int x, int y) {
        int column = (x - MARGIN) / scale;
        int row = (y - textTop) / scale;
        if (x < MARGIN || y < textTop) {
            return false;
        }
        String line = line(row / TinyFont.LINE_HEIGHT);
        int character = column / TinyFont.ADVANCE;
        return character < line.length()
                && TinyFont.ink(line.charAt(character), column % TinyFont.ADVANCE, row % TinyFont.LINE_HEIGHT);
    }

    private String line(int number) {
        if (number < facts.size()) {
            return facts.get(number);
        }
        return number == facts.size() ? keysLine : number == facts.size() + 1 ? pointerLine : "";
    }
}
