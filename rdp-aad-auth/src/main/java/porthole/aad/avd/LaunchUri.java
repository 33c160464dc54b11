package porthole.aad.avd;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code ms-avd:connect?workspaceid=G&resourceid=G[&username=U]}.
 *
 * @param workspaceId GUID of the workspace
 * @param resourceId GUID of the resource
 * @param userName whom it is for, where it says so
 */
public record LaunchUri(String workspaceId, String resourceId, Optional<String> userName) {
    private static final String SCHEME = "ms-avd:";
    private static final Pattern ID = Pattern.compile("[\\p{Alnum}-]{1,64}");

    /** Whether a text is meant to be one. */
    public static boolean isMeantBy(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /** Reads one; throws IllegalArgumentException with what is wrong. */
    public static LaunchUri parse(String text) {
        String rest = isMeantBy(text) ? text.substring(SCHEME.length()).replaceFirst("^//", "") : "";
        int mark = rest.indexOf('?');
        if (mark < 0 || !rest.substring(0, mark).replaceFirst("/$", "").equalsIgnoreCase("connect")) {
            throw new IllegalArgumentException("'" + text + "' is not ms-avd:connect?workspaceid=ID&resourceid=ID");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : rest.substring(mark + 1).split("&")) {
            int is = field.indexOf('=');
            if (is > 0) {
                String name = field.substring(0, is).toLowerCase(Locale.ROOT);
                if (fields.put(name, URLDecoder.decode(field.substring(is + 1), StandardCharsets.UTF_8)) != null) {
                    throw new IllegalArgumentException("'" + text + "' says " + name + " twice");
                }
            }
        }
        return new LaunchUri(
                id(fields, "workspaceid", text),
                id(fields, "resourceid", text),
                Optional.ofNullable(fields.get("username")).filter(name -> !name.isEmpty()));
    }

    private static String id(Map<String, String> fields, String name, String text) {
        String id = fields.getOrDefault(name, "");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + text + "' has no " + name + " that is an id");
        }
        return id;
    }
}
