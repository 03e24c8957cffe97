import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Packs the distribution {@code target/strandline} and its {@code tar.gz}. The Maven build runs this file at {@code
 * package}, with the JDK that compiled the sources, as {@code java BuildDistribution.java CLI-MODULE VERSION
 * TIMESTAMP}.
 *
 * <p>The order matters: the AOT cache is trained on the finished tree, because it is only good for exactly those files.
 */
final class BuildDistribution {
    /**
     * What {@code jdeps} finds in the jars, less what only unused parts of Bouncy Castle and Jackson refer to. {@code
     * java.logging} is for JLine and {@code java.naming} for Bouncy Castle; {@code jdk.unsupported} has {@code
     * sun.misc.Signal} and {@code sun.misc.Unsafe}.
     */
    private static final String MODULES = "java.base,java.logging,java.naming,jdk.unsupported";

    /** The names that the libraries use for the machine that this build runs on; the image is for that machine too. */
    private enum Machine {
        X86_64("amd64", "librocksdbjni-linux64.so", "linux/amd64", "Linux/x86_64"),
        AARCH64("aarch64", "librocksdbjni-linux-aarch64.so", "linux/aarch64", "Linux/arm64");

        final String javaName;
        final String rocksdbEntry;
        final String zstdFolder;
        final String jlineFolder;

        Machine(String javaName, String rocksdbEntry, String zstdFolder, String jlineFolder) {
            this.javaName = javaName;
            this.rocksdbEntry = rocksdbEntry;
            this.zstdFolder = zstdFolder;
            this.jlineFolder = jlineFolder;
        }

        static Machine current() {
            var name = System.getProperty("os.arch");
            return Stream.of(values())
                    .filter(machine -> machine.javaName.equals(name)
                            && System.getProperty("os.name").equals("Linux"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "Strandline is packaged for Linux on x86-64 and aarch64, not on " + name));
        }
    }

    private final Machine machine = Machine.current();
    private final Path module;
    private final Path target;
    private final Path work;
    private final Path home;
    private final String version;
    private final FileTime timestamp;

    private BuildDistribution(Path module, String version, Instant timestamp) {
        this.module = module;
        this.target = module.resolve("target");
        this.work = target.resolve("distribution");
        this.home = target.resolve("strandline");
        this.version = version;
        this.timestamp = FileTime.from(timestamp);
    }

    public static void main(String[] arguments) throws Exception {
        new BuildDistribution(Path.of(arguments[0]), arguments[1], Instant.parse(arguments[2])).build();
    }

    private void build() throws Exception {
        delete(home);
        linkRuntime();
        var jars = copyJars();
        writeLauncher(jars);
        Files.copy(module.resolveSibling("LICENSE"), home.resolve("LICENSE"));
        setTimes();
        trainCache();
        setTimes();
        proveCache();
        archive();
    }

    private void linkRuntime() throws IOException {
        System.out.println("Linking the runtime image: " + MODULES);
        run(
                "jlink",
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                home.resolve("runtime").toString());
        trimSecurityProperties();
    }

    /**
     * Java sets up cryptographic providers in the order of this file until one is found, and reads all of it, at every
     * start. The two that are in use come first, and comments go: together 50 ms.
     */
    private void trimSecurityProperties() throws IOException {
        var file = home.resolve("runtime/conf/security/java.security");
        var others = new ArrayList<String>();
        var providers = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith("security.provider.")) {
                providers.add(line.substring(line.indexOf('=') + 1));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                others.add(line);
            }
        }
        var first = List.of("SUN", "SunJCE");
        if (!providers.containsAll(first)) {
            throw new IllegalStateException("the runtime's providers are " + providers);
        }
        providers.removeAll(first);
        providers.addAll(0, first);
        for (int i = 0; i < providers.size(); i++) {
            others.add("security.provider." + (i + 1) + "=" + providers.get(i));
        }
        Files.write(file, others);
    }

    /** Copies the class path as Maven resolved it to {@code lib}, and returns the jars' names in its order. */
    private List<String> copyJars() throws IOException {
        Files.createDirectories(home.resolve("lib/native"));
        var names = new ArrayList<String>();
        names.add(copyJar(target.resolve("strandline-cli-" + version + ".jar")));
        for (var jar : Files.readString(work.resolve("classpath")).strip().split(":")) {
            names.add(copyJar(Path.of(jar)));
        }
        return names;
    }

    private String copyJar(Path jar) throws IOException {
        var name = jar.getFileName().toString();
        var copy = home.resolve("lib").resolve(name);
        if (name.startsWith("rocksdbjni-")) {
            repack(jar, copy, entry -> entry.startsWith("org/"));
            extract(jar, machine.rocksdbEntry, "librocksdbjni.so");
        } else if (name.startsWith("zstd-jni-")) {
            repack(jar, copy, entry -> entry.startsWith("com/"));
            var library = "lib" + name.replace(".jar", ".so");
            extract(jar, machine.zstdFolder + "/" + library, library);
        } else if (name.startsWith("jline-native-")) {
            repack(jar, copy, entry -> entry.endsWith(".class"));
            extract(jar, "org/jline/nativ/" + machine.jlineFolder + "/libjlinenative.so", "libjlinenative.so");
        } else if (name.startsWith("bcprov-")) {
            // Argon2id and all it refers to. The whole jar, signed (which also keeps its classes out of the AOT cache)
            // and with a manifest of 855 KB, takes 30 ms to open, and any search for an optional class opens it.
            repack(jar, copy, entry -> entry.matches("org/bouncycastle/(asn1|crypto|internal|math|util)/.*"));
        } else if (name.startsWith("picocli-")) {
            recompile(work.resolve(name.replace(".jar", "-sources.jar")), copy);
        } else {
            Files.copy(jar, copy);
        }
        return name;
    }

    private void repack(Path jar, Path copy, Predicate<String> kept) throws IOException {
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(copy)))) {
            for (var entry :
                    from.stream().filter(entry -> kept.test(entry.getName())).toList()) {
                var copied = new ZipEntry(entry.getName());
                copied.setLastModifiedTime(timestamp);
                to.putNextEntry(copied);
                try (var bytes = from.getInputStream(entry)) {
                    bytes.transferTo(to);
                }
            }
        }
    }

    private void extract(Path jar, String entry, String library) throws IOException {
        try (var from = new ZipFile(jar.toFile());
                var bytes = from.getInputStream(from.getEntry(entry))) {
            Files.copy(bytes, home.resolve("lib/native").resolve(library));
        }
    }

    /** The published picocli is Java 5 byte code, which the AOT cache refuses; its sources compile for today's Java. */
    private void recompile(Path sources, Path jar) throws IOException {
        var java = work.resolve("picocli-sources");
        var classes = work.resolve("picocli-classes");
        delete(java);
        delete(classes);
        var command = new ArrayList<>(List.of(
                "--release",
                System.getProperty("java.specification.version"),
                "-nowarn",
                "-Xlint:none",
                "-proc:none",
                "-d",
                classes.toString()));
        try (var from = new ZipFile(sources.toFile())) {
            for (var entry : from.stream()
                    .filter(entry -> entry.getName().endsWith(".java"))
                    .toList()) {
                var file = java.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (var bytes = from.getInputStream(entry)) {
                    Files.copy(bytes, file);
                }
                command.add(file.toString());
            }
        }
        run("javac", command.toArray(String[]::new));
        run("jar", "--create", "--file", jar.toString(), "--date", timestamp.toString(), "-C", classes.toString(), ".");
    }

    private void writeLauncher(List<String> jars) throws IOException {
        var launcher = home.resolve("bin/strandline");
        Files.createDirectories(launcher.getParent());
        var classPath = jars.stream().map(jar -> "$home/lib/" + jar).collect(Collectors.joining(":"));
        var template = Files.readString(module.resolve("src/main/dist/bin/strandline"));
        Files.writeString(launcher, template.replace("@version@", version).replace("@classpath@", classPath));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void trainCache() throws Exception {
        System.out.println("Training the AOT cache");
        var scratch = work.resolve("aot-training");
        delete(scratch);
        Files.createDirectories(scratch);
        launch("-XX:AOTCacheOutput=" + home.resolve("lib/strandline.aot"), "aot-training", scratch.toString());
        delete(scratch);
    }

    /** A cache that can't be used is no error to the virtual machine, except in this mode. */
    private void proveCache() throws Exception {
        launch("-XX:AOTMode=on", "help");
    }

    private void launch(String option, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(home.resolve("bin/strandline").toString()));
        command.addAll(List.of(arguments));
        var log = work.resolve("launch.log");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("STRANDLINE_JVM_OPTS", option);
        var exitCode = process.start().waitFor();
        if (exitCode != 0 || !Files.exists(home.resolve("lib/strandline.aot"))) {
            throw new IllegalStateException(
                    command + " with " + option + " exited with " + exitCode + ":\n" + Files.readString(log));
        }
    }

    private void archive() throws Exception {
        var archive = target.resolve("strandline-%s-linux-%s.tar.gz"
                .formatted(version, machine.name().toLowerCase()));
        var process = new ProcessBuilder(
                        "tar",
                        "--create",
                        "--gzip",
                        "--file",
                        archive.toString(),
                        "--sort=name",
                        "--owner=0",
                        "--group=0",
                        "--numeric-owner",
                        "--directory",
                        target.toString(),
                        home.getFileName().toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("tar failed");
        }
        System.out.println("Packed " + archive);
    }

    /**
     * One time for every file: the cache remembers the times of the jars, and unpacking the archive restores this one.
     */
    private void setTimes() throws IOException {
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.setLastModifiedTime(file, timestamp);
            }
        }
    }

    private static void run(String tool, String... arguments) {
        var exitCode = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (exitCode != 0) {
            throw new IllegalStateException(tool + " failed");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
