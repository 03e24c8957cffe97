package dev.strandline.benchmarks.comparison.measure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program with its arguments.
 *
 * @param environment all that it gets; nothing is inherited
 */
public record Command(List<String> words, Map<String, String> environment, Path directory) {
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** With more words after those there are. */
    public Command and(String... more) {
        return new Command(Stream.concat(words.stream(), Stream.of(more)).toList(), environment, directory);
    }

    /** With another variable in its environment. */
    public Command with(String variable, String value) {
        var extended = new LinkedHashMap<>(environment);
        extended.put(variable, value);
        return new Command(words, extended, directory);
    }

    public Command in(Path otherDirectory) {
        return new Command(words, environment, otherDirectory);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
