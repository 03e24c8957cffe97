package dev.strandline.core.testkit;

import dev.strandline.core.fs.posix.PosixFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that tests check Strandline against, such as {@code rsync}. */
public final class HostTools {
    /** Longer than any test's command takes on a slow machine, shorter than the patience of a build. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(10);

    private static final String SYSTEM_FOLDERS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Debian packages of tools that aren't named like their package. */
    private static final Map<String, String> PACKAGES = Map.of(
            "getfattr", "attr",
            "setfattr", "attr",
            "getfacl", "acl",
            "setfacl", "acl",
            "getcap", "libcap2-bin",
            "setcap", "libcap2-bin",
            "find", "findutils",
            "setpriv", "util-linux",
            "mkfs.ext4", "e2fsprogs",
            "systemd-analyze", "systemd");

    private HostTools() {}

    /** What a command left behind. */
    public record Result(int exitCode, byte[] stdout, String stderr) {
        public String stdoutText() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "exit code " + exitCode + "\n" + stdoutText() + stderr;
        }
    }

    /**
     * Sees to it that the tools are there. Root on a Debian-like machine gets missing ones installed, and told so.
     *
     * @throws IllegalStateException naming what to install, when a tool is missing and stays so
     */
    public static synchronized void require(String... tools) {
        var packages = new LinkedHashSet<String>();
        for (String tool : tools) {
            if (find(tool).isEmpty()) {
                packages.add(PACKAGES.getOrDefault(tool, tool));
            }
        }
        if (!packages.isEmpty()) {
            install(List.copyOf(packages));
            for (String tool : tools) {
                if (find(tool).isEmpty()) {
                    throw missing(packages, "there is no '" + tool + "' after installing");
                }
            }
        }
    }

    private static void install(List<String> packages) {
        if (PosixFileSystem.open().effectiveUserId() != 0) {
            throw missing(packages, "only root could install them");
        }
        if (find("apt-get").isEmpty()) {
            throw missing(packages, "there is no apt-get");
        }
        System.err.println("### Tests need packages that are not installed; installing: " + String.join(" ", packages));
        var environment = Map.of("PATH", SYSTEM_FOLDERS, "DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C");
        var folder = Path.of("/");
        var install = new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
        install.addAll(packages);
        for (var command : List.of(List.of("apt-get", "update"), install)) {
            var result = run(command, environment, folder);
            if (result.exitCode() != 0) {
                throw missing(packages, String.join(" ", command) + ": " + result);
            }
        }
    }

    private static IllegalStateException missing(Iterable<String> packages, String reason) {
        return new IllegalStateException("Tests need the packages " + String.join(" ", packages)
                + ". Install them and run the tests again (" + reason + ").");
    }

    /** Where a tool is, system folders included that an ordinary user's PATH lacks. */
    private static Optional<Path> find(String tool) {
        String path = System.getenv().getOrDefault("PATH", "") + ":" + SYSTEM_FOLDERS;
        for (String folder : path.split(":", -1)) {
            var candidate = Path.of(folder, tool);
            if (!folder.isEmpty() && Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Runs a command in this process's environment, but for {@code LC_ALL=C}. */
    public static Result run(List<String> command, Path workingDirectory) {
        var environment = new HashMap<>(System.getenv());
        environment.put("LC_ALL", "C");
        return run(command, environment, workingDirectory);
    }

    /**
     * Runs a command to its end, with no input.
     *
     * @param command program and arguments; a program without a slash is looked up
     * @param environment all variables that it gets, nothing else is inherited
     * @throws IllegalStateException when it does not end within ten minutes (it is killed then)
     */
    public static Result run(List<String> command, Map<String, String> environment, Path workingDirectory) {
        var resolved = new ArrayList<>(command);
        if (!command.getFirst().contains("/")) {
            var program = find(command.getFirst())
                    .orElseThrow(() -> new IllegalStateException("there is no '" + command.getFirst() + "'"));
            resolved.set(0, program.toString());
        }
        var builder = new ProcessBuilder(resolved).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return await(process, command);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    private static Result await(Process process, List<String> command) {
        var stdout = drain(process.getInputStream());
        var stderr = drain(process.getErrorStream());
        try {
            if (!process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running after " + TIME_LIMIT + ": " + String.join(" ", command));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + String.join(" ", command), e);
        }
        return new Result(process.exitValue(), stdout.join(), new String(stderr.join(), StandardCharsets.UTF_8));
    }

    private static CompletableFuture<byte[]> drain(InputStream stream) {
        var content = new CompletableFuture<byte[]>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                content.complete(stream.readAllBytes());
            } catch (IOException e) {
                content.completeExceptionally(e);
            }
        });
        // A descendant of the process may hold the stream open after its end.
        return content.orTimeout(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
