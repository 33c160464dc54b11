package porthole.cli.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of a command line; a value only where it is one of the words that the option's own help lists, or a number. */
final class OptionsUsed {
    private static final Set<String> RULES = Set.of("--certificate", "--gateway-certificate");
    private static final Set<String> NUMBERS = Set.of("N", "WxH", "TIME");

    private OptionsUsed() {}

    static List<Map<String, Object>> of(ParseResult line) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (OptionSpec option : line.matchedOptions()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("option", option.longestName());
            if (option.arity().max() > 0) {
                List<String> given = option.stringValues();
                one.put("value", given.size() == 1 ? shown(option, given.get(0)) : given.size() + " values");
            }
            all.add(one);
        }
        return all;
    }

    private static String shown(OptionSpec option, String value) {
        String label = option.paramLabel();
        String rule = value.contains(":") ? value.substring(0, value.indexOf(':')) : value;
        if (RULES.contains(option.longestName())
                && Set.of("strict", "tofu", "ignore", "pin").contains(rule)) {
            return rule.equals(value) ? rule : rule + ":(left out)";
        }
        boolean word = label.equals(label.toLowerCase(java.util.Locale.ROOT))
                && Arrays.asList(label.split("[|,]")).contains(value);
        boolean number = NUMBERS.contains(label)
                && value.matches("[0-9]{1,9}(\\.[0-9]{1,6})?(ms|s|m|h|d)?|[0-9]{1,5}x[0-9]{1,5}|0x[0-9A-Fa-f]{1,8}");
        return word || number ? value : "(left out)";
    }
}
