package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.Syntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Does once what people do every day, on a small real tree, so that the build can record which classes and methods
 * matter.
 */
public final class AotTrainingCommand implements Command {
    private static final int FILES = 400;
    private static final int LARGE_BYTES = 24 << 20;
    private static final long SEED = 20260101;

    private final Context context;
    private final ToIntBiFunction<String[], Context> program;

    private String directory = "";
    private Context training;

    /** @param program runs a command line */
    public AotTrainingCommand(Context context, ToIntBiFunction<String[], Context> program) {
        this.context = context;
        this.program = program;
        this.training = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "aot-training", "Exercise what the AOT cache should hold.")
                .hidden()
                .argument("DIR", "An empty directory to work in.", value -> directory = value)
                .spec();
    }

    @Override
    public Integer call() throws IOException {
        var work = Path.of(directory).toAbsolutePath();
        var source = work.resolve("source");
        var configuration = Files.writeString(work.resolve("strandline.toml"), """
                exclude-sets = ["node", "vcs", "editor"]
                [[source]]
                path = "%s"
                optional = true
                excludes = ["*.none"]
                exclude-larger-than = "1G"
                [policy]
                protected = true
                [retention]
                keep-last = 2
                """.formatted(source));
        // An hour later, so that the files are old enough for the files cache to trust their times.
        training = context.with("STRANDLINE_CACHE_DIR", work.resolve("cache").toString())
                .with("STRANDLINE_CONFIG", configuration.toString())
                .with(Clock.offset(context.clock(), Duration.ofHours(1)));
        makeTree(source);
        var repository = work.resolve("repository").toString();
        var key = work.resolve("key").toString();
        run("version");
        run("init", "-r", repository, "--key-file", key);
        for (int round = 0; round < 3; round++) {
            run("snapshot", "-r", repository, "--key-file", key, "-q", "-m", "training", "--if-running", "skip");
            Files.writeString(source.resolve("folder0/file0.txt"), "changed " + round);
        }
        training = training.with("STRANDLINE_REPOSITORY", repository).with("STRANDLINE_KEY_FILE", key);
        run("snapshot", "-q", source.toString());
        run("snapshot", "-q", source.toString());
        run("snapshot", "--json", source.toString());
        run("list");
        run("list", "--json");
        run("status", "--max-age", "20m");
        run("show", "latest");
        run("ls", "-l", "latest:" + source);
        run("dump", "latest:" + source.resolve("folder1/file1.txt"));
        run("diff", "-p", "latest~3", "latest");
        run("diff", "latest~3", "latest");
        run("log", "-p", source.resolve("folder0/file0.txt").toString());
        run("blame", source.resolve("folder0/file0.txt").toString());
        run("find", "file1.txt");
        run("grep", "changed", source.resolve("folder0").toString());
        run("stats");
        run("check", "--read-data");
        var target = work.resolve("target").toString();
        run("restore", "latest", "--target", target);
        for (int round = 1; round <= 2; round++) {
            writeTexts(source, 2, new Random(SEED + round));
            run("snapshot", "-q", source.toString());
        }
        run("gc", "--max-unused", "0%");
        run("help");
        return ExitCode.DONE;
    }

    private void run(String... arguments) {
        int code = program.applyAsInt(arguments, training);
        if (code != ExitCode.DONE) {
            throw new IllegalStateException("training with " + List.of(arguments) + " ended with " + code);
        }
    }

    private static void makeTree(Path source) throws IOException {
        var random = new Random(SEED);
        writeTexts(source, 1, random);
        byte[] large = new byte[LARGE_BYTES];
        random.nextBytes(large);
        Files.write(source.resolve("large.bin"), large);
        Files.createSymbolicLink(source.resolve("link"), Path.of("large.bin"));
    }

    /** Of all texts each so-manieth. */
    private static void writeTexts(Path source, int step, Random random) throws IOException {
        for (int i = 0; i < FILES; i += step) {
            var file = source.resolve("folder" + i % 20 + "/file" + i + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, ("line " + random.nextInt(1000) + "\n").repeat(random.nextInt(2000)));
        }
    }
}
