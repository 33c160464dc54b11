package porthole.cli.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of one command: each is taken once, and one that nobody takes is an error. */
final class Fields {
    private final Map<String, Object> left;

    Fields(Map<String, Object> object) {
        left = new LinkedHashMap<>(object);
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    Object raw(String name) {
        return left.remove(name);
    }

    String text(String name, int longest) throws ControlException {
        Object value = left.remove(name);
        if (!(value instanceof String text)) {
            throw wrong(name, "a string");
        }
        if (text.length() > longest) {
            throw wrong(name, "at most " + longest + " characters long");
        }
        return text;
    }

    Optional<String> optionalText(String name, int longest) throws ControlException {
        return has(name) ? Optional.of(text(name, longest)) : Optional.empty();
    }

    int number(String name, int least, int most) throws ControlException {
        Object value = left.remove(name);
        if (!(value instanceof Long number) || number < least || number > most) {
            throw wrong(name, "a whole number from " + least + " to " + most);
        }
        return number.intValue();
    }

    int number(String name, int least, int most, int otherwise) throws ControlException {
        return has(name) ? number(name, least, most) : otherwise;
    }

    boolean flag(String name, boolean otherwise) throws ControlException {
        if (!has(name)) {
            return otherwise;
        }
        if (!(left.remove(name) instanceof Boolean flag)) {
            throw wrong(name, "true or false");
        }
        return flag;
    }

    String word(String name, List<String> words, String otherwise) throws ControlException {
        if (!has(name) && otherwise != null) {
            return otherwise;
        }
        if (!(left.remove(name) instanceof String word) || !words.contains(word)) {
            throw wrong(name, "one of " + words);
        }
        return word;
    }

    List<?> list(String name) throws ControlException {
        if (!(left.remove(name) instanceof List<?> list)) {
            throw wrong(name, "a list");
        }
        return list;
    }

    void end() throws ControlException {
        if (!left.isEmpty()) {
            throw new ControlException(
                    "bad-command",
                    "this command has no field '" + left.keySet().iterator().next() + "'");
        }
    }

    private static ControlException wrong(String name, String rule) {
        return new ControlException("bad-command", "'" + name + "' has to be " + rule);
    }
}
