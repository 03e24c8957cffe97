package dev.strandline.cli.configuration;

import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.SourceLink;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.Spelling;
import dev.strandline.core.pattern.IgnoreRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the sources of a configuration. One use. */
final class SourceReader {
    private static final int MAX_PERCENT = 100;

    private final List<String> commonExcludes;
    private final List<ConfiguredSource> sources = new ArrayList<>();

    /** @param root whose patterns hold for every source */
    SourceReader(Table root) {
        this.commonExcludes = excludes(root);
    }

    List<ConfiguredSource> read(List<Table> tables) {
        for (var table : tables) {
            source(table).ifPresent(source -> add(source, table));
            table.reportUnknown();
        }
        return sources;
    }

    private void add(ConfiguredSource source, Table table) {
        var path = source.capture().path();
        for (var known : sources) {
            var other = known.capture().path();
            boolean inside = path.startsWith(other);
            if (inside || other.startsWith(path)) {
                var inner = inside ? path : other;
                var outer = inside ? other : path;
                table.problem(
                        "path",
                        inner.equals(outer)
                                ? "there are two sources '" + inner.display() + "'"
                                : "the source '" + inner.display() + "' lies in the source '" + outer.display() + "'",
                        "Keep one of them: everything in it is captured.");
                return;
            }
        }
        sources.add(source);
    }

    private Optional<ConfiguredSource> source(Table table) {
        var patterns = new ArrayList<>(commonExcludes);
        patterns.addAll(excludes(table));
        boolean optional = table.flag("optional", false);
        boolean oneFileSystem = table.flag("one-file-system", false);
        boolean excludeCaches = table.flag("exclude-caches", false);
        var markers = markers(table);
        long largest = table.size("exclude-larger-than").orElse(Long.MAX_VALUE);
        var guards = guards(table);
        var hooks = ConfigurationReader.hooks(table);
        var link = table.endsWithSlash("path") ? SourceLink.FOLLOW : SourceLink.TELL;
        if (!table.has("path")) {
            table.problem("path", "a source has no path", "Write path = \"/folder\" below [[source]].");
        }
        return table.absolutePath("path")
                .map(path -> new CaptureSource(
                                path,
                                optional,
                                IgnoreRules.of(patterns),
                                oneFileSystem,
                                excludeCaches,
                                markers,
                                largest)
                        .with(link))
                .map(capture -> new ConfiguredSource(capture, guards, hooks));
    }

    private static List<FileName> markers(Table table) {
        var markers = new ArrayList<FileName>();
        for (var marker : table.texts("exclude-if-present")) {
            try {
                markers.add(FileName.of(marker));
            } catch (IllegalArgumentException e) {
                table.problem("exclude-if-present", String.valueOf(e.getMessage()), "Write names without slashes.");
            }
        }
        return markers;
    }

    private static Guards guards(Table table) {
        return new Guards(
                table.absolutePath("require-mount"),
                table.text("max-deleted").flatMap(text -> percent(table, text)).orElse(Guards.NONE.maxDeletedPercent()),
                table.count("min-files").orElse(Guards.NONE.minFiles()));
    }

    private static Optional<Integer> percent(Table table, String text) {
        if (text.matches("\\d{1,3}%")) {
            int percent = Integer.parseInt(text.substring(0, text.length() - 1));
            if (percent <= MAX_PERCENT) {
                return Optional.of(percent);
            }
        }
        table.problem("max-deleted", "'" + text + "' is no share", "Write one from \"0%\" to \"100%\".");
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
                                    Spelling.hint(name, ExcludeSet.texts())));
        }
        for (var pattern : table.texts("excludes")) {
            IgnoreRules.futility(pattern)
                    .ifPresent(reason -> table.doubt(
                            "excludes",
                            "the pattern '" + ByteText.display(pattern) + "' matches nothing: " + reason,
                            "Correct it, or remove it."));
            patterns.add(pattern);
        }
        return patterns;
    }
}
