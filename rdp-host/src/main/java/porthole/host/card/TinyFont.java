package porthole.host.card;

/**
 * A fixed-width font of printable ASCII, 5 by 7 pixels in a cell of 6 by 9; drawn for this card.
 *
 * <p>Each glyph is seven digits of base 32, one a row from the top; the highest of the five bits is the leftmost pixel.
 */
public final class TinyFont {
    /** Pixels from one character to the next. */
    public static final int ADVANCE = 6;

    /** Pixels from one line to the next. */
    public static final int LINE_HEIGHT = 9;

    private static final int WIDTH = 5;
    private static final int HEIGHT = 7;
    private static final int FIRST = ' ';
    private static final String MISSING = "VHHHHHV";
    private static final String[] GLYPHS = {
        "0000000", "4444404", "AAA0000", "AAVAVAA", "4FKE5U4", "OP248J3", "CIK8LID", "4480000", // space to '
        "2488842", "8422248", "04LEL40", "044V440", "0000C48", "000V000", "00000CC", "01248G0", // ( to /
        "EHJLPHE", "4C4444E", "EH1248V", "V2421HE", "26AIV22", "VGU11HE", "68GUHHE", "V124888", // 0 to 7
        "EHHEHHE", "EHHF12C", "0CC0CC0", "0CC0C48", "248G842", "00V0V00", "8421248", "EH12404", // 8 to ?
        "EH1DLLE", "EHHVHHH", "UHHUHHU", "EHGGGHE", "UHHHHHU", "VGGUGGV", "VGGUGGG", "EHGNHHF", // @ to G
        "HHHVHHH", "E44444E", "72222IC", "HIKOKIH", "GGGGGGV", "HRLLHHH", "HPLJHHH", "EHHHHHE", // H to O
        "UHHUGGG", "EHHHLID", "UHHUKIH", "FGGE11U", "V444444", "HHHHHHE", "HHHHHA4", "HHHLLLA", // P to W
        "HHA4AHH", "HHA4444", "V1248GV", "E88888E", "0G84210", "E22222E", "4AH0000", "000000V", // X to _
        "8420000", "00E1FHF", "GGMPHHU", "00EGGHE", "11DJHHF", "00EHVGE", "698S888", "0FHHF1E", // ` to g
        "GGMPHHH", "40C444E", "20622IC", "GGIKOKI", "C44444E", "00QLLHH", "00MPHHH", "00EHHHE", // h to o
        "00UHUGG", "00DJF11", "00MPGGG", "00EGE1U", "88S8896", "00HHHJD", "00HHHA4", "00HHLLA", // p to w
        "00HA4AH", "00HHF1E", "00V248V", "6448446", "4444444", "C44244C", "008L200", // x to ~
    };

    private TinyFont() {}

    /** Whether the pixel of a character's cell is ink; a character outside printable ASCII is a box. */
    public static boolean ink(char character, int x, int y) {
        if (x < 0 || x >= WIDTH || y < 0 || y >= HEIGHT) {
            return false;
        }
        int index = character - FIRST;
        String glyph = index >= 0 && index < GLYPHS.length ? GLYPHS[index] : MISSING;
        return (Character.digit(glyph.charAt(y), 32) & 16 >> x) != 0;
    }
}
