package dev.strandline.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The rules against git itself, on a real tree: files and directories, names of any bytes. */
class IgnoreRulesGitTest {
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "ab",
            "abc",
            "a.b",
            "foo",
            "foo.c",
            ".x",
            "a b",
            "a ",
            " ",
            "*",
            "[a]",
            "a]",
            "\\",
            "a\\",
            "!a",
            "#a",
            "-",
            "A",
            "7",
            "\u00e9",
            "\udcff",
            "a\udc80b");

    private static final List<String> PIECES = List.of(
            "a",
            "a",
            "b",
            "c",
            "foo",
            "ab",
            ".",
            "*",
            "*",
            "*",
            "**",
            "**",
            "/",
            "/",
            "/",
            "/**/",
            "**/",
            "/**",
            "?",
            "[a-c]",
            "[!a]",
            "[^b]",
            "[]a]",
            "[a",
            "[",
            "]",
            "[[:alpha:]]",
            "[![:digit:]]",
            "[[:nosuch:]]",
            "[a-]",
            "[--a]",
            "[\\]]",
            "[a\\-z]",
            "[c-a]",
            "[*]",
            "[/]",
            "\\",
            "\\*",
            "\\ ",
            "\\a",
            "\\/",
            " ",
            "!",
            "#",
            "***",
            "\u00e9",
            "\udcff",
            "\udc80",
            "[\udc80-\udcff]",
            "\r");

    private static TemporaryTree temporary;
    private static Path workTree;

    /** Path to whether it is a directory. */
    private static final TreeMap<String, Boolean> paths = new TreeMap<>();

    @BeforeContainer
    static void createTree() throws IOException {
        HostTools.require("git");
        temporary = TemporaryTree.create();
        workTree = Path.of(temporary.path().display());
        var result = HostTools.run(List.of("git", "init", "-q", "."), workTree);
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        var random = new Random(1);
        fill(temporary.directory(), "", 0, random);
        var input = new ByteArrayOutputStream();
        for (String path : paths.keySet()) {
            input.writeBytes(ByteText.encode(path));
            input.write(0);
        }
        Files.write(workTree.resolve(".git/paths"), input.toByteArray());
    }

    @AfterContainer
    static void removeTree() throws IOException {
        temporary.close();
    }

    private static void fill(Directory directory, String prefix, int depth, Random random) throws IOException {
        for (String name : NAMES) {
            if (random.nextInt(depth + 1) > 0) {
                continue;
            }
            boolean isDirectory = depth < 3 && random.nextInt(depth + 2) == 0;
            paths.put(prefix + name, isDirectory);
            if (isDirectory) {
                try (var made = directory.createDirectory(FileName.of(name))) {
                    fill(made, prefix + name + "/", depth + 1, random);
                }
            } else {
                directory.createFile(FileName.of(name)).close();
            }
        }
    }

    private static String pattern(Random random) {
        var pattern = new StringBuilder(random.nextInt(5) == 0 ? "!" : "");
        if (random.nextInt(3) == 0) {
            // Something that is there, bent a little.
            var known = List.copyOf(paths.keySet());
            pattern.append(random.nextInt(3) == 0 ? "/" : "").append(known.get(random.nextInt(known.size())));
            if (random.nextBoolean()) {
                int start = random.nextInt(pattern.length());
                int end = start + random.nextInt(pattern.length() - start);
                pattern.replace(start, end, PIECES.get(random.nextInt(PIECES.size())));
            }
        } else {
            for (int i = random.nextInt(6); i >= 0; i--) {
                pattern.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return pattern.append(random.nextInt(6) == 0 ? "/" : "")
                .append(random.nextInt(8) == 0 ? " " : "")
                .toString();
    }

    @Property(tries = 250)
    void exclusion_generatedPatterns_decidesLikeGit(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        var lines = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            lines.add(pattern(random));
        }
        compare(lines);
    }

    private static void compare(List<String> lines) throws IOException, InterruptedException {
        byte[] file = ByteText.encode(String.join("\n", lines) + "\n");
        Files.write(workTree.resolve(".git/info/exclude"), file);
        var rules = IgnoreRules.ofFile(file);
        var git = gitExclusions();
        var differences = paths.entrySet().stream()
                .filter(path -> excludedByWalk(rules, path.getKey()) != git.get(path.getKey()))
                .map(path -> (path.getValue() ? "directory " : "file ")
                        + ByteText.display(ByteText.encode(path.getKey()))
                        + (git.get(path.getKey()) ? " is excluded by git" : " is kept by git"))
                .toList();
        assertThat(differences).as("with the patterns %s", rules.texts()).isEmpty();
    }

    /** As the walk asks: from the top, and nothing below what is excluded. */
    private static boolean excludedByWalk(IgnoreRules rules, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (rules.exclusion(ByteText.encode(path.substring(0, slash)), true).isPresent()) {
                return true;
            }
        }
        return rules.exclusion(ByteText.encode(path), paths.get(path)).isPresent();
    }

    private static java.util.Map<String, Boolean> gitExclusions() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        "git",
                        "-c",
                        "core.excludesFile=/dev/null",
                        "check-ignore",
                        "--no-index",
                        "-z",
                        "-v",
                        "-n",
                        "--stdin")
                .directory(workTree.toFile())
                .redirectInput(workTree.resolve(".git/paths").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        var process = builder.start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isLessThan(2);
        // Source, line, pattern, path; all empty but the path when no pattern matches.
        String[] fields = new String(output, StandardCharsets.ISO_8859_1).split("\0", -1);
        var exclusions = new TreeMap<String, Boolean>();
        for (int i = 0; i + 3 < fields.length; i += 4) {
            String path = ByteText.decode(fields[i + 3].getBytes(StandardCharsets.ISO_8859_1));
            exclusions.put(path, !fields[i].isEmpty() && !fields[i + 2].startsWith("!"));
        }
        assertThat(exclusions.keySet()).isEqualTo(paths.keySet());
        return exclusions;
    }
}
