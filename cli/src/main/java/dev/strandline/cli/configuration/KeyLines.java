package dev.strandline.cli.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * In which line of a TOML document each key stands: the parser doesn't tell. Only to point at mistakes, so that of keys
 * that are written in a rarer way the line of their table is good enough.
 */
final class KeyLines {
    private static final Pattern HEADER = Pattern.compile("\\s*\\[(\\[)?\\s*([^\\]]+?)\\s*\\]{1,2}\\s*(#.*)?");
    private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*')\\s*=.*");

    private final Map<String, Integer> lines = new HashMap<>();

    KeyLines(String document) {
        var counts = new HashMap<String, Integer>();
        String table = "";
        int number = 0;
        for (var line : document.split("\n", -1)) {
            number++;
            var header = HEADER.matcher(line);
            var key = KEY.matcher(line);
            if (header.matches()) {
                String name = header.group(2);
                table = header.group(1) == null
                        ? within(name, counts)
                        : name + "[" + (counts.merge(name, 1, Integer::sum) - 1) + "]";
                lines.putIfAbsent(table, number);
                lines.putIfAbsent(name, number);
            } else if (key.matches()) {
                lines.putIfAbsent(join(table, unquoted(key.group(1))), number);
            }
        }
    }

    /** A table that stands below one of several, such as {@code source.hooks}, belongs to the last of them. */
    private static String within(String name, Map<String, Integer> counts) {
        int dot = name.indexOf('.');
        var count = dot < 0 ? null : counts.get(name.substring(0, dot));
        return count == null ? name : name.substring(0, dot) + "[" + (count - 1) + "]" + name.substring(dot);
    }

    static String join(String table, String key) {
        return table.isEmpty() ? key : table + "." + key;
    }

    private static String unquoted(String key) {
        return key.startsWith("\"") || key.startsWith("'") ? key.substring(1, key.length() - 1) : key;
    }

    /** Of a key such as {@code source[0].path}, else of its table, else 1. */
    int of(String key) {
        for (String known = key; !known.isEmpty(); known = parent(known)) {
            var line = lines.get(known);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    private static String parent(String key) {
        int dot = key.lastIndexOf('.');
        return dot < 0 ? "" : key.substring(0, dot);
    }
}
