package porthole.cli.rdpfile.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import porthole.cli.rdpfile.RdpLine;
import porthole.cli.rdpfile.lint.Finding.Severity;

/** Collects findings. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void at(Severity severity, RdpLine line, int column, String code, String text) {
        all.add(new Finding(severity, line.number(), column, line.isSetting() ? line.shown() : "", code, text));
    }

    /** About the value of a line. */
    void value(Severity severity, RdpLine line, String code, String text) {
        at(severity, line, line.valueColumn(), code, text);
    }

    /** About the file as a whole. */
    void file(Severity severity, String key, String code, String text) {
        all.add(new Finding(severity, 0, 0, key, code, text));
    }

    /** In the order of the file. */
    List<Finding> sorted() {
        return all.stream()
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }
}
