package dev.strandline.cli.configuration;

import dev.strandline.core.path.FilePath;
import java.util.List;

/** A configuration file can't be used. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FilePath file;
    private final transient List<ConfigurationProblem> problems;

    public ConfigurationException(FilePath file, List<ConfigurationProblem> problems) {
        super(file.display() + ":" + problems.getFirst().line() + ": "
                + problems.getFirst().reason());
        this.file = file;
        this.problems = List.copyOf(problems);
    }

    public FilePath file() {
        return file;
    }

    /** In order of their lines, at least one. */
    public List<ConfigurationProblem> problems() {
        return problems;
    }
}
