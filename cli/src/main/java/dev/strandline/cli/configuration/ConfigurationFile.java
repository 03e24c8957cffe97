package dev.strandline.cli.configuration;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a host's configuration stands. */
public final class ConfigurationFile {
    private static final int MAX_BYTES = 1 << 20;

    /** Editors on Windows begin a text with it. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final String SYSTEM = "/etc/strandline/strandline.toml";
    private static final String OF_USER = "strandline/strandline.toml";

    private final HostFileSystem host;
    private final NamedFiles files;

    public ConfigurationFile(HostFileSystem host, NamedFiles files) {
        this.host = host;
        this.files = files;
    }

    /**
     * The file that counts: {@code STRANDLINE_CONFIG} names it, else it is that of the system, else that of the user.
     * Empty when there is none.
     *
     * @param environment of the process
     * @throws IOException when there may be one and it can't be looked at
     */
    public Optional<FilePath> find(Map<String, String> environment) throws IOException {
        String named = environment.getOrDefault("STRANDLINE_CONFIG", "");
        if (!named.isEmpty()) {
            return Optional.of(host.absolute(FilePath.of(named)));
        }
        for (var candidate : usual(environment)) {
            if (exists(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static List<FilePath> usual(Map<String, String> environment) {
        var paths = new ArrayList<FilePath>();
        paths.add(FilePath.of(SYSTEM));
        String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (folder.startsWith("/")) {
            paths.add(FilePath.of(folder + "/" + OF_USER));
        } else if (home.startsWith("/")) {
            paths.add(FilePath.of(home + "/.config/" + OF_USER));
        }
        return paths;
    }

    private boolean exists(FilePath path) throws IOException {
        try (var parent = host.openDirectory(path.parent())) {
            parent.status(path.name());
            return true;
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.EACCES) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Reads and checks a file.
     *
     * @throws ConfigurationException with everything that is wrong with it
     */
    public Configuration read(FilePath path) {
        return new ConfigurationReader(path, text(path)).read();
    }

    private String text(FilePath path) {
        try {
            byte[] content = files.read(path, MAX_BYTES).bytes();
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw unusable(path, "the file is not UTF-8");
        } catch (IOException e) {
            throw unusable(path, "the file can't be read: " + e.getMessage());
        }
    }

    private static ConfigurationException unusable(FilePath path, String reason) {
        return new ConfigurationException(
                path,
                List.of(new ConfigurationProblem(1, reason, "Check STRANDLINE_CONFIG, or the file's permissions.")));
    }
}
