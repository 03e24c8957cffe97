package dev.strandline.core.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this process holds open. */
public final class OpenDescriptors {
    private OpenDescriptors() {}

    /** What the descriptors below {@code folder} lead to. */
    public static List<String> below(String folder) throws IOException {
        var open = new ArrayList<String>();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith(folder)) {
                        open.add(target);
                    }
                } catch (IOException _) {
                    // Closed meanwhile, as the one of this listing is.
                }
            }
        }
        return open;
    }
}
