package dev.strandline.core.snapshot;

import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The names of a host's users and groups. A snapshot keeps them as the system state {@value #STATE}, one a line such as
 * {@code user 33 www-data}, so that it can be restored where the same names have other numbers. Names are as in
 * {@link ByteText}.
 *
 * @param users names by number
 * @param groups names by number
 */
public record OwnerNames(Map<Integer, String> users, Map<Integer, String> groups) {
    /** What the system state is called. */
    public static final String STATE = "owners";

    public static final FileName STATE_NAME = FileName.of(STATE);

    private static final int NAME = 0;
    private static final int NUMBER = 2;

    public OwnerNames {
        users = Map.copyOf(users);
        groups = Map.copyOf(groups);
    }

    /** From the contents of {@code /etc/passwd} and {@code /etc/group}; lines that are none of theirs are passed over. */
    public static OwnerNames ofFiles(byte[] passwd, byte[] group) {
        return new OwnerNames(names(passwd), names(group));
    }

    private static Map<Integer, String> names(byte[] file) {
        var names = new TreeMap<Integer, String>();
        for (var line : ByteText.decode(file).split("\n", -1)) {
            var fields = line.split(":", -1);
            if (fields.length > NUMBER) {
                // Of several names of a number, the first counts, as for the system.
                number(fields[NUMBER]).ifPresent(id -> names.putIfAbsent(id, fields[NAME]));
            }
        }
        return names;
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** In ascending order of numbers, so that equal names are equal bytes. */
    public byte[] encode() {
        return ByteText.encode(lines("user", users) + lines("group", groups));
    }

    private static String lines(String kind, Map<Integer, String> names) {
        var lines = new StringBuilder();
        new TreeMap<>(names)
                .forEach((id, name) -> lines.append(kind)
                        .append(' ')
                        .append(Integer.toUnsignedString(id))
                        .append(' ')
                        .append(name)
                        .append('\n'));
        return lines.toString();
    }

    /** What {@link #encode} gave; other lines are passed over. */
    public static OwnerNames decode(byte[] lines) {
        var users = new TreeMap<Integer, String>();
        var groups = new TreeMap<Integer, String>();
        for (var line : ByteText.decode(lines).split("\n", -1)) {
            var fields = line.split(" ", 3);
            if (fields.length == 3) {
                var names = fields[0].equals("user") ? users : groups;
                number(fields[1]).ifPresent(id -> names.putIfAbsent(id, fields[2]));
            }
        }
        return new OwnerNames(users, groups);
    }
}
