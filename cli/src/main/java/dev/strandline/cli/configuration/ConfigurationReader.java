package dev.strandline.cli.configuration;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the text of a configuration file into a {@link Configuration}, and finds all that is wrong with it. One use. */
final class ConfigurationReader {
    private static final int MAX_PORTION = 200;

    private final FilePath file;
    private final String document;
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private @Nullable KeyLines lines;

    ConfigurationReader(FilePath file, String document) {
        this.file = file;
        this.document = document;
    }

    /** @throws ConfigurationException with everything that is wrong */
    Configuration read() {
        var root = new Table("", parse(), this::problem);
        var configuration = configuration(root);
        root.reportUnknown();
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(ConfigurationProblem::line));
            throw new ConfigurationException(file, problems);
        }
        return configuration;
    }

    private JsonNode parse() {
        try {
            return TomlMapper.builder().build().readTree(document);
        } catch (JacksonException e) {
            int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
            String reason = e.getOriginalMessage();
            throw new ConfigurationException(
                    file,
                    List.of(new ConfigurationProblem(
                            line,
                            "this is not TOML: " + reason.substring(0, Math.min(MAX_PORTION, reason.length())),
                            "See https://toml.io; texts stand in quotes, lists in square brackets.")));
        }
    }

    /** The lines are only looked for when there is something to say about one. */
    private void problem(String key, String reason, String hint) {
        if (lines == null) {
            lines = new KeyLines(document);
        }
        problems.add(new ConfigurationProblem(lines.of(key), reason, hint));
    }

    private Configuration configuration(Table root) {
        var keyFile = root.text("key-file");
        var passwordFile = root.text("password-file");
        var passwordCommand = root.text("password-command");
        if (Stream.of(keyFile, passwordFile, passwordCommand)
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            root.problem(
                    keyFile.isPresent() ? "key-file" : "password-file",
                    "key-file, password-file and password-command exclude each other",
                    "Keep the one that opens the repository.");
        }
        var excludes = excludes(root);
        var sources = new ArrayList<CaptureSource>();
        for (var table : root.tables("source")) {
            source(table, excludes).ifPresent(source -> add(sources, source, table));
            table.reportUnknown();
        }
        var policyTable = root.table("policy");
        var policy =
                new Configuration.Policy(policyTable.flag("scheduled", true), policyTable.flag("protected", false));
        policyTable.reportUnknown();
        return new Configuration(
                root.text("repository"), keyFile, passwordFile, passwordCommand, root.text("host"), sources, policy);
    }

    private static void add(List<CaptureSource> sources, CaptureSource source, Table table) {
        for (var other : sources) {
            boolean inside = source.path().startsWith(other.path());
            if (inside || other.path().startsWith(source.path())) {
                var inner = inside ? source : other;
                var outer = inside ? other : source;
                table.problem(
                        "path",
                        inner.path().equals(outer.path())
                                ? "there are two sources '" + inner.path().display() + "'"
                                : "the source '" + inner.path().display() + "' lies in the source '"
                                        + outer.path().display() + "'",
                        "Keep one of them: everything in it is captured.");
                return;
            }
        }
        sources.add(source);
    }

    private Optional<CaptureSource> source(Table table, List<String> common) {
        var patterns = new ArrayList<>(common);
        patterns.addAll(excludes(table));
        boolean optional = table.flag("optional", false);
        boolean oneFileSystem = table.flag("one-file-system", false);
        boolean excludeCaches = table.flag("exclude-caches", false);
        var markers = new ArrayList<FileName>();
        for (var marker : table.texts("exclude-if-present")) {
            try {
                markers.add(FileName.of(marker));
            } catch (IllegalArgumentException e) {
                table.problem("exclude-if-present", String.valueOf(e.getMessage()), "Write names without slashes.");
            }
        }
        long largest = size(table, "exclude-larger-than").orElse(Long.MAX_VALUE);
        var path = table.text("path");
        if (!table.has("path")) {
            table.problem("path", "a source has no path", "Write path = \"/folder\" below [[source]].");
        }
        return path.flatMap(text -> absolute(table, text))
                .map(found -> new CaptureSource(
                        found, optional, IgnoreRules.of(patterns), oneFileSystem, excludeCaches, markers, largest));
    }

    private static Optional<FilePath> absolute(Table table, String text) {
        try {
            var path = FilePath.of(text);
            if (path.isAbsolute()) {
                return Optional.of(path);
            }
            table.problem("path", "'" + text + "' is no absolute path", "Write it from / on.");
        } catch (IllegalArgumentException e) {
            table.problem("path", String.valueOf(e.getMessage()), "Write an absolute path.");
        }
        return Optional.empty();
    }

    /** The patterns of the named sets, then the table's own, which so win. */
    private static List<String> excludes(Table table) {
        var patterns = new ArrayList<String>();
        for (var name : table.texts("exclude-sets")) {
            ExcludeSet.of(name)
                    .ifPresentOrElse(
                            set -> patterns.addAll(set.patterns()),
                            () -> table.problem(
                                    "exclude-sets",
                                    "there is no exclude set '" + name + "'",
                                    Spelling.nearest(name, ExcludeSet.texts())
                                            .map(nearest -> "Did you mean '" + nearest + "'?")
                                            .orElse("There are " + String.join(", ", ExcludeSet.texts()) + ".")));
        }
        patterns.addAll(table.texts("excludes"));
        return patterns;
    }

    private static Optional<Long> size(Table table, String key) {
        var text = table.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var size = ByteSize.parse(text.get());
        if (size.isEmpty()) {
            table.problem(key, "'" + text.get() + "' is no size", "Write one like \"500K\", \"20M\" or \"1G\".");
        }
        return size;
    }
}
