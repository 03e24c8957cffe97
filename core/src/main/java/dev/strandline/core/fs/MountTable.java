package dev.strandline.core.fs;

import dev.strandline.core.path.FilePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Where something is mounted, as {@code proc_pid_mountinfo(5)} has it. */
public final class MountTable {
    private static final Path FILE = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT_FIELD = 4;
    private static final int OCTAL_DIGITS = 3;

    private MountTable() {}

    public static Set<FilePath> read() throws IOException {
        return parse(Files.readString(FILE, StandardCharsets.ISO_8859_1));
    }

    /** @param table each character a byte */
    static Set<FilePath> parse(String table) {
        var points = new HashSet<FilePath>();
        for (var line : table.lines().toList()) {
            var fields = line.split(" ", MOUNT_POINT_FIELD + 2);
            if (fields.length > MOUNT_POINT_FIELD) {
                points.add(FilePath.of(unescaped(fields[MOUNT_POINT_FIELD])));
            }
        }
        return points;
    }

    /** Blanks and backslashes are written as three octal digits. */
    private static byte[] unescaped(String field) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + OCTAL_DIGITS < field.length()) {
                bytes.write(Integer.parseInt(field.substring(i + 1, i + 1 + OCTAL_DIGITS), 8));
                i += OCTAL_DIGITS;
            } else {
                bytes.write(field.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
