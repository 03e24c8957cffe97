package dev.strandline.cli.environment;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.configuration.ConfigurationFile;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The configuration that counts for this process, read once. Safe for use by several threads. */
public final class HostConfiguration implements Supplier<Configuration> {
    private final HostFileSystem host;
    private final NamedFiles files;
    private final Map<String, String> environment;
    private @Nullable Configuration read; // guarded by this

    public HostConfiguration(HostFileSystem host, NamedFiles files, Map<String, String> environment) {
        this.host = host;
        this.files = files;
        this.environment = environment;
    }

    /** The file that counts; empty when there is none. */
    public Optional<FilePath> file() {
        try {
            return new ConfigurationFile(host, files).find(environment);
        } catch (IOException e) {
            throw new UsageException("the configuration can't be found: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException("STRANDLINE_CONFIG: " + e.getMessage());
        }
    }

    /** @throws dev.strandline.cli.configuration.ConfigurationException when the file can't be used */
    @Override
    public synchronized Configuration get() {
        if (read == null) {
            read = file().map(new ConfigurationFile(host, files)::read).orElse(Configuration.NONE);
        }
        return read;
    }
}
