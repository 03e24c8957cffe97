package dev.strandline.cli.configuration;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a host's configuration stands. */
public final class ConfigurationFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final String SYSTEM = "/etc/strandline/strandline.toml";
    private static final String OF_USER = "strandline/strandline.toml";

    private final HostFileSystem host;

    public ConfigurationFile(HostFileSystem host) {
        this.host = host;
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
            return Optional.of(FilePath.of(named).toAbsolute(host.workingDirectory()));
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
        try (var parent = host.openDirectory(path.parent());
                var file = parent.openFile(path.name())) {
            long size = file.status().sizeBytes();
            if (size > MAX_BYTES) {
                throw unusable(path, "the file has " + size + " bytes, more than a configuration can have");
            }
            byte[] content = new byte[(int) size];
            int count = file.read(0, content, 0, content.length);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Arrays.copyOf(content, count)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unusable(path, "the file is not UTF-8");
        } catch (IOException e) {
            throw unusable(path, "the file can't be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw unusable(path, "the file can't be read: it has no name");
        }
    }

    private static ConfigurationException unusable(FilePath path, String reason) {
        return new ConfigurationException(
                path,
                List.of(new ConfigurationProblem(1, reason, "Check STRANDLINE_CONFIG, or the file's permissions.")));
    }
}
