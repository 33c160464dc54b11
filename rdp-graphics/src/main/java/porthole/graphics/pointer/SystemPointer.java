package porthole.graphics.pointer;

import java.util.BitSet;

/** The arrow that stands for the default pointer of the system. */
final class SystemPointer {
    private static final String[] ROWS = {
        "#           ",
        "##          ",
        "#.#         ",
        "#..#        ",
        "#...#       ",
        "#....#      ",
        "#.....#     ",
        "#......#    ",
        "#.......#   ",
        "#........#  ",
        "#.....##### ",
        "#..#..#     ",
        "#.# #..#    ",
        "##  #..#    ",
        "#    #..#   ",
        "     #..#   ",
        "      ##    ",
    };

    static final PointerImage ARROW = draw();

    private SystemPointer() {}

    private static PointerImage draw() {
        int width = ROWS[0].length();
        int[] argb = new int[width * ROWS.length];
        for (int y = 0; y < ROWS.length; y++) {
            for (int x = 0; x < width; x++) {
                char mark = ROWS[y].charAt(x);
                argb[y * width + x] = mark == '#' ? 0xFF000000 : mark == '.' ? 0xFFFFFFFF : 0;
            }
        }
        return new PointerImage(width, ROWS.length, 0, 0, argb, new BitSet());
    }
}
