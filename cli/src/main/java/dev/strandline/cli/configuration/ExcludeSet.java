package dev.strandline.cli.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Ready-made patterns of what hardly anybody wants back. */
public enum ExcludeSet {
    NODE("node_modules/"),
    VCS(".git/ .hg/ .svn/"),
    LOGS("*.log *.log.[0-9]*"),
    EDITOR("*~ *.swp .#* #*# *.bak *.old *.orig *.backup *.tmp"),
    RECORDINGS("*.wav"),
    CHECKPOINTS("checkpoints/ checkpoint-[0-9]*/");

    private final String patterns;

    /** @param patterns separated by spaces */
    ExcludeSet(String patterns) {
        this.patterns = patterns;
    }

    /** In gitignore's syntax. */
    public List<String> patterns() {
        return List.of(patterns.split(" ", -1));
    }

    /** As it is called in the configuration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> texts() {
        return Stream.of(values()).map(ExcludeSet::text).toList();
    }

    public static Optional<ExcludeSet> of(String text) {
        return Stream.of(values()).filter(set -> set.text().equals(text)).findFirst();
    }
}
