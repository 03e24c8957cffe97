package dev.strandline.cli.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What kinds of files there are, by extension, for people who look at what a snapshot holds. */
public final class FileCategories {
    /** Of files that belong nowhere else. */
    public static final String OTHER = "other";

    /** Where the configuration has none. */
    public static final FileCategories USUAL = new FileCategories(List.of(
            new Category("JavaScript", List.of("js", "mjs", "cjs", "jsx", "ts", "tsx")),
            new Category("HTML", List.of("html", "htm", "xhtml", "ejs", "hbs", "vue")),
            new Category("style sheets", List.of("css", "scss", "sass", "less")),
            new Category("shell", List.of("sh", "bash", "zsh", "fish")),
            new Category(
                    "configuration",
                    List.of("conf", "cfg", "cnf", "ini", "json", "yaml", "yml", "toml", "xml", "env", "properties")),
            new Category("documentation", List.of("md", "txt", "rst", "adoc", "pdf")),
            new Category("Python", List.of("py", "pyi", "pyc")),
            new Category("Java", List.of("java", "kt", "class", "jar", "war")),
            new Category("PHP", List.of("php", "phtml")),
            new Category("C and C++", List.of("c", "h", "cc", "cpp", "hpp")),
            new Category("Perl", List.of("pl", "pm")),
            new Category("Go and Rust", List.of("go", "rs")),
            new Category("databases", List.of("sql", "db", "sqlite", "sqlite3", "dump")),
            new Category("images", List.of("png", "jpg", "jpeg", "gif", "svg", "webp", "ico")),
            new Category("audio and video", List.of("wav", "mp3", "ogg", "gsm", "ulaw", "alaw", "mp4", "webm")),
            new Category("fonts", List.of("woff", "woff2", "ttf", "otf", "eot")),
            new Category("archives", List.of("zip", "gz", "tgz", "bz2", "xz", "zst", "tar")),
            new Category("keys and certificates", List.of("pem", "crt", "key", "csr", "p12")),
            new Category("logs", List.of("log")),
            new Category("programs", List.of("so", "o", "a", "exe", "dll", "node", "bin"))));

    private final Map<String, String> byExtension = new HashMap<>();

    /** @param extensions without the dot, in small letters */
    record Category(String name, List<String> extensions) {}

    /** Later ones win. */
    private FileCategories(List<Category> categories) {
        for (var category : categories) {
            category.extensions.forEach(extension -> byExtension.put(extension, category.name));
        }
    }

    /** The usual ones, and before them {@code own}. */
    static FileCategories with(List<Category> own) {
        var all = new ArrayList<Category>();
        USUAL.byExtension.forEach((extension, name) -> all.add(new Category(name, List.of(extension))));
        all.addAll(own);
        return new FileCategories(all);
    }

    /** The category of a file by its name. */
    public String of(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? OTHER
                : byExtension.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), OTHER);
    }
}
