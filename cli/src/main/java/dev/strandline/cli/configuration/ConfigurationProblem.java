package dev.strandline.cli.configuration;

import dev.strandline.core.path.FilePath;

/**
 * Something in a configuration file that can't be meant.
 *
 * @param line counted from 1
 * @param reason what is wrong
 * @param hint what to do
 */
public record ConfigurationProblem(int line, String reason, String hint) {
    /** The reason with the file and line in front, as compilers have it. */
    public String reasonIn(FilePath file) {
        return file.display() + ":" + line + ": " + reason;
    }
}
