package dev.strandline.cli.options;

import dev.strandline.cli.configuration.ByteSize;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.pattern.IgnoreRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which files of the sources to take. */
public final class SelectionOptions implements Syntax.Shared {
    private static final String STANDARD_INPUT = "-";
    private static final int MAX_LIST_BYTES = 64 << 20;

    private List<String> excludes = new ArrayList<>();
    private List<String> excludeFiles = new ArrayList<>();
    private boolean excludeCaches;
    private List<String> excludeIfPresent = new ArrayList<>();
    private @Nullable String excludeLargerThan;
    private boolean oneFileSystem;
    private List<String> filesFrom = new ArrayList<>();
    private List<String> filesFromRaw = new ArrayList<>();

    @Override
    public void declare(Syntax syntax) {
        syntax.texts(
                        "-e,--exclude",
                        "PATTERN",
                        "Leave out what matches; as in a .gitignore file of each source. Repeatable.",
                        values -> excludes = values)
                .texts(
                        "--exclude-file",
                        "FILE",
                        "Leave out what the file's patterns match.",
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
                        "Take the paths in this file too, one a line; empty lines and lines with # are skipped.",
                        values -> filesFrom = values)
                .texts(
                        "--files-from-raw",
                        "FILE",
                        "The same, each path ended by a NUL byte.",
                        values -> filesFromRaw = values);
    }

    /** The patterns, later ones winning. */
    private IgnoreRules rules(Context context) {
        var rules = IgnoreRules.NONE;
        for (var file : excludeFiles) {
            rules = rules.and(IgnoreRules.ofFile(read(context, file)));
        }
        return rules.and(IgnoreRules.of(excludes));
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
        return refined(
                context,
                paths(context, arguments).stream().map(CaptureSource::whole).toList());
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
                        Math.min(source.excludeLargerThanBytes(), maximumBytes)))
                .toList();
    }

    /** The paths of the command line and of the list files, absolute. */
    private List<FilePath> paths(Context context, List<String> arguments) {
        var paths = new ArrayList<FilePath>();
        arguments.forEach(argument -> paths.add(context.absolute(argument)));
        for (var file : filesFrom) {
            for (var line : split(read(context, file), (byte) '\n')) {
                if (line.length > 0 && line[0] != '#') {
                    paths.add(context.absolute(ByteText.decode(line)));
                }
            }
        }
        for (var file : filesFromRaw) {
            for (var name : split(read(context, file), (byte) 0)) {
                if (name.length > 0) {
                    paths.add(context.absolute(ByteText.decode(name)));
                }
            }
        }
        return paths;
    }

    /** Whether lists name paths, be they empty. */
    public boolean namesPaths() {
        return !filesFrom.isEmpty() || !filesFromRaw.isEmpty();
    }

    /** Whether a list comes from standard input, which can be read only once. */
    public boolean readsStandardInput() {
        return Stream.of(excludeFiles, filesFrom, filesFromRaw).anyMatch(files -> files.contains(STANDARD_INPUT));
    }

    private static List<byte[]> split(byte[] content, byte separator) {
        var pieces = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i <= content.length; i++) {
            if (i == content.length || content[i] == separator) {
                pieces.add(Arrays.copyOfRange(content, start, i));
                start = i + 1;
            }
        }
        return pieces;
    }

    private static byte[] read(Context context, String file) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return context.stdin().readNBytes(MAX_LIST_BYTES);
            }
            var path = context.absolute(file);
            if (path.depth() == 0) {
                throw new UsageException("/ is no list of paths or patterns");
            }
            try (var parent = context.host().openDirectory(path.parent());
                    var list = parent.openFile(path.name())) {
                byte[] content =
                        new byte[(int) Math.min(MAX_LIST_BYTES, list.status().sizeBytes())];
                return Arrays.copyOf(content, list.read(0, content, 0, content.length));
            }
        } catch (IOException e) {
            throw new UsageException("the list " + file + " can't be read: " + e.getMessage());
        }
    }
}
