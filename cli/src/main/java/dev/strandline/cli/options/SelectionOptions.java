package dev.strandline.cli.options;

import dev.strandline.cli.configuration.ByteSize;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.capture.CaptureEvent;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.SourceLink;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which files of the sources to take. */
public final class SelectionOptions implements Syntax.Shared {
    private List<String> excludes = new ArrayList<>();
    private List<String> excludeFiles = new ArrayList<>();
    private boolean excludeCaches;
    private List<String> excludeIfPresent = new ArrayList<>();
    private @Nullable String excludeLargerThan;
    private boolean oneFileSystem;
    private List<String> filesFrom = new ArrayList<>();
    private List<String> filesFromRaw = new ArrayList<>();
    private @Nullable IgnoreRules rules;
    private final List<CaptureEvent.Excluded> leftOut = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public void declare(Syntax syntax) {
        syntax.texts(
                        "-e,--exclude",
                        "PATTERN",
                        "Leave out what matches in a source or list; as in a .gitignore file of each source. Not what PATH names. Repeatable.",
                        values -> excludes = values)
                .texts(
                        "--exclude-file",
                        "FILE",
                        "Leave out what the file's patterns match; - is standard input.",
                        values -> excludeFiles = values)
                .flag(
                        "--exclude-caches",
                        "Leave out directories with a valid CACHEDIR.TAG.",
                        value -> excludeCaches = value)
                .texts(
                        "--exclude-if-present",
                        "NAME",
                        "Leave out directories that hold an entry of this name. Repeatable.",
                        values -> excludeIfPresent = values)
                .text(
                        "--exclude-larger-than",
                        "SIZE",
                        "Leave out files larger than this: bytes, or with K, M, G or T (powers of 1024).",
                        value -> excludeLargerThan = value)
                .flag("-x,--one-file-system", "Stay on the file system of each path.", value -> oneFileSystem = value)
                .texts(
                        "--files-from",
                        "FILE",
                        "Take the paths in this file too, one a line; empty lines and lines with # are skipped; - is standard input.",
                        values -> filesFrom = values)
                .texts(
                        "--files-from-raw",
                        "FILE",
                        "The same, each path ended by a NUL byte.",
                        values -> filesFromRaw = values);
    }

    /** The patterns, later ones winning. Read once: what they come from may be a pipe. */
    private IgnoreRules rules(Context context) {
        if (rules == null) {
            var lists = new UserLists(context);
            var lines = new ArrayList<String>();
            for (var file : excludeFiles) {
                lines.addAll(IgnoreRules.lines(lists.read(file)));
            }
            lines.addAll(excludes);
            for (var line : lines) {
                IgnoreRules.futility(line)
                        .ifPresent(reason -> warnings.add(
                                "the pattern '" + ByteText.display(line) + "' matches nothing: " + reason));
            }
            rules = IgnoreRules.of(lines);
        }
        return rules;
    }

    private List<FileName> markers() {
        try {
            return excludeIfPresent.stream().map(FileName::of).toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--exclude-if-present: " + e.getMessage());
        }
    }

    /** In bytes; {@code Long.MAX_VALUE} when nothing is too large. */
    private long maximumBytes() {
        return excludeLargerThan == null
                ? Long.MAX_VALUE
                : ByteSize.parse(excludeLargerThan)
                        .orElseThrow(() -> new UsageException(
                                "'" + excludeLargerThan + "' is no size: write one like 500K, 20M or 1G"));
    }

    /** What was named, each to be taken as the options say. */
    public List<CaptureSource> sources(Context context, List<String> arguments) {
        var paths = new ArrayList<CaptureSource>();
        var named = new NamedPathRules(rules(context), context.host());
        for (var argument : arguments) {
            var path = context.absolute(argument);
            named.exclusion(path, path)
                    .ifPresent(pattern -> remarks.add(path.display() + " is captured although the pattern '" + pattern
                            + "' matches: it was named"));
            paths.add(CaptureSource.whole(path).with(linkUse(argument)));
        }
        for (var written : listed(context)) {
            var path = context.absolute(written);
            var pattern = named.exclusion(written, path);
            if (pattern.isPresent()) {
                leftOut.add(new CaptureEvent.Excluded(path, "pattern " + pattern.get()));
            } else {
                paths.add(CaptureSource.whole(path));
            }
        }
        return refined(context, paths);
    }

    /** The listed paths that patterns leave out; known once the sources are. */
    public List<CaptureEvent.Excluded> leftOut() {
        return List.copyOf(leftOut);
    }

    /** What is worth knowing about the patterns, for those who ask. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** What can't be meant in the patterns. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Sources, with what the options add to their rules. */
    public List<CaptureSource> refined(Context context, List<CaptureSource> sources) {
        var rules = rules(context);
        var markers = markers();
        long maximumBytes = maximumBytes();
        return sources.stream()
                .map(source -> new CaptureSource(
                                source.path(),
                                source.optional(),
                                source.excludes().and(rules),
                                source.oneFileSystem() || oneFileSystem,
                                source.excludeCaches() || excludeCaches,
                                Stream.concat(source.excludeIfPresent().stream(), markers.stream())
                                        .toList(),
                                Math.min(source.excludeLargerThanBytes(), maximumBytes))
                        .with(source.link()))
                .toList();
    }

    /** As tar and rsync have it, a slash at the end asks for what a symbolic link leads to. */
    private static SourceLink linkUse(String written) {
        return written.endsWith("/") || written.endsWith("/.") ? SourceLink.FOLLOW : SourceLink.TELL;
    }

    /** The paths in the list files, as they are written there. */
    private List<FilePath> listed(Context context) {
        var lists = new UserLists(context);
        var paths = new ArrayList<FilePath>();
        filesFrom.forEach(file -> paths.addAll(lists.lines(file)));
        filesFromRaw.forEach(file -> paths.addAll(lists.terminated(file)));
        return paths;
    }

    /** Whether lists name paths, be they empty. */
    public boolean namesPaths() {
        return !filesFrom.isEmpty() || !filesFromRaw.isEmpty();
    }

    /** How many lists come from standard input, which can be read only once. */
    public long standardInputs() {
        return Stream.of(excludeFiles, filesFrom, filesFromRaw)
                .flatMap(List::stream)
                .filter(UserLists::isStandardInput)
                .count();
    }
}
