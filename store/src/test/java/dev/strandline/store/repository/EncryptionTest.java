package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.WrongKeyException;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.crypto.Secret;
import dev.strandline.store.crypto.Suite;
import dev.strandline.store.format.ConfigFormat;
import dev.strandline.store.testkit.CrashFileSystem;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has no key gets nothing, and nobody can talk a program out of asking for it. */
class EncryptionTest {
    private static final Secret.Cost CHEAP = new Secret.Cost(64, 1, 1);

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private static Secret passphrase(String text) {
        return new Secret.Passphrase(text.getBytes(StandardCharsets.UTF_8));
    }

    private RealRepository repository(Optional<Secret> secret) throws Exception {
        var repository = new RealRepository(folder.resolve("repository"), secret);
        repository.init(CHEAP);
        return repository;
    }

    @Test
    void open_wrongPassphrase_isRefused() throws Exception {
        var repository = repository(Optional.of(passphrase("right")));
        repository.open().close();
        assertThatThrownBy(() -> repository.open(Optional.of(passphrase("wrong"))))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("passphrase");
    }

    @Test
    void open_wrongKeyFileOrNone_isRefused() throws Exception {
        // The cost, which is for passphrases, must not matter to a key file.
        var repository = repository(Optional.of(CrashScene.KEY));
        repository.open().close();
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> repository.open(Optional.of(new Secret.KeyFile(other))))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("key file");
        assertThatThrownBy(() -> repository.open(Optional.empty())).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> repository.open(Optional.of(passphrase("x")))).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void open_configForgedToNone_isRefusedWithAndWithoutKeySlots() throws Exception {
        var repository = repository(Optional.of(CrashScene.KEY));
        String id;
        try (var open = repository.open()) {
            id = open.id();
        }
        Files.write(
                repository.folder().resolve("config"),
                ConfigFormat.encode(new ConfigFormat.Config(new RepositoryId(id), Suite.NONE)));
        assertThatThrownBy(repository::open).isInstanceOf(DamageException.class);
        try (var slots = Files.list(repository.folder().resolve("keys"))) {
            for (var slot : slots.toList()) {
                Files.delete(slot);
            }
        }
        assertThatThrownBy(repository::open).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void open_keySlotOfAnotherRepository_isRefused() throws Exception {
        var repository = repository(Optional.of(CrashScene.KEY));
        var other = new RealRepository(folder.resolve("other"));
        other.init();
        for (var target : List.of(repository, other)) {
            try (var slots = Files.list(target.folder().resolve("keys"))) {
                for (var slot : slots.toList()) {
                    if (target == repository) {
                        Files.delete(slot);
                    } else {
                        Files.copy(slot, repository.folder().resolve("keys").resolve(slot.getFileName()));
                    }
                }
            }
        }
        assertThatThrownBy(repository::open).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void snapshot_canaries_areInNoFileOfTheRepository() throws Exception {
        var canaries = List.of("canary-name", "canary-content", "canary-tag", "canary-message", "canary-passphrase");
        var source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("canary-name"), "canary-content");
        Files.writeString(source.resolve("large"), "canary-content ".repeat(20_000));
        var label = new Label(
                Instant.ofEpochSecond(CrashFileSystem.NOW_SECONDS),
                "canary-message",
                List.of("canary-tag"),
                Optional.empty());
        var repository = repository(Optional.of(passphrase("canary-passphrase")));
        repository.run(source, label);
        assertThat(found(canaries, repository.folder())).isEmpty();
        assertThat(found(canaries, source)).as("the search itself finds them").isNotEmpty();

        var plain = new RealRepository(folder.resolve("plain"), Optional.empty());
        plain.init();
        plain.run(source, label);
        assertThat(found(canaries, plain.folder()))
                .as("without encryption they are there")
                .isNotEmpty();
    }

    private static List<String> found(List<String> canaries, Path tree) throws Exception {
        var charsets = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
        try (var files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> canaries.stream()
                            .filter(canary -> charsets.stream().anyMatch(charset -> contains(file, canary, charset)))
                            .map(canary -> canary + " in " + file))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text, Charset charset) {
        try {
            var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return bytes.contains(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
