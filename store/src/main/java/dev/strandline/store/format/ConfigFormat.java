package dev.strandline.store.format;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NewerFormatException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.crypto.Suite;
import java.util.Arrays;

/**
 * The repository's configuration: a small JSON document that a person can read, with a checksum over its canonical
 * form, which is the only one accepted. {@code docs/format.md}, "config".
 */
public final class ConfigFormat {
    private static final String MAGIC = "strandline repository";

    private ConfigFormat() {}

    /** What is fixed for the life of a repository. */
    public record Config(RepositoryId id, Suite suite) {}

    public static byte[] encode(Config config) {
        return new CanonicalJson()
                .put("type", MAGIC)
                .put("version", ObjectHeader.VERSION)
                .put("id", config.id.hex())
                .put("encryption", config.suite.label())
                .encode();
    }

    public static Config decode(byte[] bytes) throws DamageException, NewerFormatException {
        String name = ObjectName.CONFIG.toString();
        var json = CanonicalJson.decode(name, bytes);
        if (!MAGIC.equals(json.text("type"))) {
            throw new DamageException(name, "it is not the configuration of a Strandline repository");
        }
        int version = json.number("version");
        if (version > ObjectHeader.VERSION) {
            throw new NewerFormatException(
                    "the repository has format version " + version + ", and this program knows versions up to "
                            + ObjectHeader.VERSION,
                    "Install a newer Strandline.");
        }
        try {
            var config = new Config(
                    new RepositoryId(json.text("id")),
                    Suite.ofLabel(json.text("encryption"))
                            .orElseThrow(() -> new IllegalArgumentException("unknown encryption")));
            if (!Arrays.equals(bytes, encode(config))) {
                throw new DamageException(name, "it was changed: its checksum is wrong");
            }
            return config;
        } catch (IllegalArgumentException e) {
            throw new DamageException(name, String.valueOf(e.getMessage()));
        }
    }
}
