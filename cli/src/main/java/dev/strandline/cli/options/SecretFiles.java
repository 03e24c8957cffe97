package dev.strandline.cli.options;

import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.repository.WrongKeyException;
import dev.strandline.store.crypto.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Key files and passphrase files. */
final class SecretFiles {
    private static final String KEY_PREFIX = "strandline-key-1:";
    static final int MAX_BYTES = 64 << 10;
    private static final int OTHERS_BITS = 077;

    private final HostFileSystem host;
    private final NamedFiles files;

    SecretFiles(HostFileSystem host, NamedFiles files) {
        this.host = host;
        this.files = files;
    }

    /**
     * Reads a key file, which nobody but its owner may access.
     *
     * @throws WrongKeyException when it is no key file or others may access it
     */
    Secret.KeyFile readKey(FilePath path) throws RepositoryException {
        byte[] content = read(path, "key file", true);
        String text = new String(content, StandardCharsets.US_ASCII).strip();
        if (!text.startsWith(KEY_PREFIX) || text.length() != KEY_PREFIX.length() + 2 * Secret.KeyFile.BYTES) {
            throw noKeyFile(path);
        }
        try {
            return new Secret.KeyFile(HexFormat.of().parseHex(text.substring(KEY_PREFIX.length())));
        } catch (IllegalArgumentException _) {
            throw noKeyFile(path);
        }
    }

    private static WrongKeyException noKeyFile(FilePath path) {
        return new WrongKeyException(
                path.display() + " is not a key file of Strandline",
                "Name the file that 'strandline init --key-file' made.");
    }

    /** The first line of a file, without its end. */
    byte[] readPassphrase(FilePath path) throws RepositoryException {
        return passphrase(read(path, "password file", false), path.display());
    }

    /** The place that the first line of a file names. */
    String readPlace(FilePath path) throws RepositoryException {
        byte[] line = firstLine(read(path, "file that names the repository", false));
        if (line.length == 0) {
            throw new UsageException(path.display() + " names no repository on its first line");
        }
        return ByteText.decode(line);
    }

    static byte[] passphrase(byte[] content, String source) throws WrongKeyException {
        byte[] line = firstLine(content);
        if (line.length == 0) {
            throw new WrongKeyException("the passphrase from " + source + " is empty", "Put it on the first line.");
        }
        return line;
    }

    private static byte[] firstLine(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != '\n' && content[end] != '\r') {
            end++;
        }
        return Arrays.copyOf(content, end);
    }

    private byte[] read(FilePath path, String what, boolean secretly) throws RepositoryException {
        try {
            var content = files.read(path, MAX_BYTES);
            int mode = content.status().mode();
            if (secretly && (mode & OTHERS_BITS) != 0) {
                throw new WrongKeyException(
                        "the key file " + path.display() + " can be accessed by others: its mode is 0"
                                + Integer.toOctalString(mode),
                        "Run 'chmod 600' on it; if others may have read it, make a new key.");
            }
            return content.bytes();
        } catch (FileOperationException e) {
            throw new WrongKeyException(
                    "the " + what + " can't be read: "
                            + (e.errno() == Errno.ENOENT ? path.display() + " does not exist" : e.getMessage()),
                    "Check the path and its permissions.");
        } catch (IOException e) {
            throw new WrongKeyException("the " + what + " can't be read: " + e.getMessage(), "Check the path.");
        }
    }

    boolean exists(FilePath path) {
        try (var parent = host.openDirectory(path.parent())) {
            parent.status(path.name());
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Makes a key file, mode 0600, durable before anything is encrypted with it. */
    Secret.KeyFile createKey(FilePath path, RandomGenerator random) throws RepositoryException {
        byte[] bytes = new byte[Secret.KeyFile.BYTES];
        random.nextBytes(bytes);
        byte[] text = (KEY_PREFIX + HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (var parent = host.openDirectory(path.parent());
                var file = parent.createFile(path.name())) {
            file.write(0, text, 0, text.length);
            file.sync();
            parent.sync();
            return new Secret.KeyFile(bytes);
        } catch (FileOperationException e) {
            if (e.errno() == Errno.EEXIST) {
                throw new RefusedException(path.display() + " exists already", "Name a new file for the key.");
            }
            throw new StorageException("the key file can't be made: " + e.getMessage(), "Check the path.", e);
        } catch (IOException e) {
            throw new StorageException("the key file can't be made: " + e.getMessage(), "Check the path.", e);
        }
    }
}
