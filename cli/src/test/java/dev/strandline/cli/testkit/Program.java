package dev.strandline.cli.testkit;

import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.testkit.HostTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program and how to run it: nothing of this process's environment is inherited, and arguments reach it byte for byte,
 * see {@link ByteText}, whatever this process's locale is. Immutable; each method gives a changed copy.
 */
public final class Program {
    /** Nobody, on every Linux. */
    public static final int ORDINARY_USER = 65534;

    private final List<String> words;
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final byte[] stdin;
    private final boolean asOrdinaryUser;

    private Program(
            List<String> words,
            Map<String, String> environment,
            Path workingDirectory,
            byte[] stdin,
            boolean asOrdinaryUser) {
        this.words = List.copyOf(words);
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.stdin = stdin.clone();
        this.asOrdinaryUser = asOrdinaryUser;
    }

    /** With an empty environment. */
    public static Program of(String... words) {
        return new Program(List.of(words), Map.of(), Path.of("/"), new byte[0], false);
    }

    /** {@code bin/strandline} of the distribution that the build made. */
    public static Program strandline() {
        return of(distribution().resolve("bin/strandline").toString());
    }

    /** Where the build left the distribution. */
    public static Path distribution() {
        String folder = System.getProperty("strandline.dist");
        if (folder == null) {
            throw new IllegalStateException("these tests run with -Dstrandline.dist=cli/target/strandline");
        }
        return Path.of(folder);
    }

    public static boolean isRoot() {
        return PosixFileSystem.open().effectiveUserId() == 0;
    }

    public Program with(String variable, String value) {
        var extended = new LinkedHashMap<>(environment);
        extended.put(variable, value);
        return new Program(words, extended, workingDirectory, stdin, asOrdinaryUser);
    }

    public Program withoutEnvironment() {
        return new Program(words, Map.of(), workingDirectory, stdin, asOrdinaryUser);
    }

    /** With more words after those there are. */
    public Program and(String... more) {
        var extended = new ArrayList<>(words);
        extended.addAll(List.of(more));
        return new Program(extended, environment, workingDirectory, stdin, asOrdinaryUser);
    }

    /** Run by another program, whose words come first. */
    public Program under(String... wrapper) {
        var extended = new ArrayList<>(List.of(wrapper));
        extended.addAll(words);
        return new Program(extended, environment, workingDirectory, stdin, asOrdinaryUser);
    }

    public Program in(Path directory) {
        return new Program(words, environment, directory, stdin, asOrdinaryUser);
    }

    public Program withInput(byte[] input) {
        return new Program(words, environment, workingDirectory, input, asOrdinaryUser);
    }

    /** With a clock that shows this time, by libfaketime, and goes on from there. */
    public Program at(Instant time) {
        HostTools.require("faketime");
        return with("LD_PRELOAD", libfaketime().toString())
                .with("FAKETIME", "@" + time.toString().replace('T', ' ').replace("Z", ""))
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("NO_FAKE_STAT", "1")
                .with("TZ", "UTC");
    }

    private static Path libfaketime() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As somebody who is not root; changes nothing when this process isn't. */
    public Program asOrdinaryUser() {
        return new Program(words, environment, workingDirectory, stdin, true);
    }

    /** Runs it with these further arguments to its end. */
    public Run run(String... arguments) {
        return start(arguments).await();
    }

    /** Starts it with these further arguments. */
    public Running start(String... arguments) {
        try {
            var folder = Files.createTempDirectory("strandline-run");
            Files.write(folder.resolve("stdin"), stdin);
            Files.write(folder.resolve("command"), script(arguments));
            var process = new ProcessBuilder(
                            "/bin/sh", folder.resolve("command").toString())
                    .directory(workingDirectory.toFile())
                    .redirectInput(folder.resolve("stdin").toFile())
                    .redirectOutput(folder.resolve("stdout").toFile())
                    .redirectError(folder.resolve("stderr").toFile())
                    .start();
            return new Running(process, folder, text(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(text(arguments), e);
        }
    }

    private String text(String... arguments) {
        return String.join(" ", words) + " " + String.join(" ", arguments);
    }

    /** A shell script that becomes the program: one process from the start, and words of any bytes. */
    private byte[] script(String... arguments) {
        var line = new ArrayList<String>();
        if (asOrdinaryUser && isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=" + ORDINARY_USER, "--regid=" + ORDINARY_USER, "--clear-groups"));
        }
        line.addAll(List.of("env", "-i"));
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(words);
        line.addAll(Arrays.asList(arguments));
        var script = new ByteArrayOutputStream();
        script.writeBytes("exec".getBytes(StandardCharsets.US_ASCII));
        for (var word : line) {
            script.writeBytes(" '".getBytes(StandardCharsets.US_ASCII));
            script.writeBytes(ByteText.encode(word.replace("'", "'\\''")));
            script.write('\'');
        }
        script.write('\n');
        return script.toByteArray();
    }
}
