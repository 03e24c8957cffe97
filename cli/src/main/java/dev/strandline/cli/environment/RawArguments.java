package dev.strandline.cli.environment;

import dev.strandline.core.path.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line and the environment as the kernel has them. Java decodes both and loses what is not in its file name
 * encoding; here every byte survives, see {@link ByteText}.
 */
public final class RawArguments {
    /** Variables that the launcher sets for Java, and that no other program should get from us. */
    public static final List<String> OF_LAUNCHER = List.of("LC_ALL", "MALLOC_ARENA_MAX", "ROCKSDB_MUSL_LIBC");

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

    private RawArguments() {}

    /** The arguments byte for byte; as Java decoded them where the kernel doesn't tell. */
    public static String[] of(String[] decoded) {
        var all = strings(COMMAND_LINE);
        if (all.size() < decoded.length) {
            return decoded.clone();
        }
        return all.subList(all.size() - decoded.length, all.size()).toArray(String[]::new);
    }

    /** The environment that the process was started with. */
    public static Map<String, String> environment() {
        var variables = new HashMap<String, String>();
        for (var line : strings(ENVIRONMENT)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return variables.isEmpty() ? System.getenv() : Map.copyOf(variables);
    }

    private static List<String> strings(Path file) {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException _) {
            return List.of();
        }
        var strings = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == 0) {
                strings.add(ByteText.decode(Arrays.copyOfRange(content, start, i)));
                start = i + 1;
            }
        }
        return strings;
    }
}
