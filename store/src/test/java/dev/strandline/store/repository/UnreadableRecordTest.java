package dev.strandline.store.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.repository.CollectionOptions;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.Objects;
import dev.strandline.store.backend.local.LocalBackend;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.format.BundleFormat;
import dev.strandline.store.format.Generation;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SealedObject;
import dev.strandline.store.format.SnapshotFormat;
import dev.strandline.store.testkit.FolderContents;
import dev.strandline.store.testkit.MemoryFolders;
import dev.strandline.store.testkit.SnapshotRuns;
import dev.strandline.store.testkit.SnapshotRuns.Label;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that can't be read is never written, and where there is one it stands in no other's way. */
final class UnreadableRecordTest {
    private static final SnapshotId UNREADABLE = new SnapshotId("e".repeat(64));

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private CrashScene scene;
    private RealRepository real;
    private MasterKey key;
    private final List<Snapshot> snapshots = new ArrayList<>();

    @BeforeEach
    void takeTwo() throws Exception {
        scene = new CrashScene(folder);
        real = new RealRepository(folder.resolve("repository"), Optional.empty());
        real.init();
        snapshots.add(real.run(scene.source(1), scene.label(1)));
        snapshots.add(real.run(
                scene.source(2), Label.of(2, Optional.of(snapshots.getFirst().id()))));
        try (var open = real.open()) {
            key = MasterKey.unencrypted(RepositoryId.of(HexFormat.of().parseHex(open.id())));
        }
    }

    private byte[] plain(SnapshotId id) throws Exception {
        var name = new ObjectName(ObjectKind.SNAPSHOT, id.hex());
        byte[] object = Files.readAllBytes(real.folder().resolve(name.toString()));
        return SealedObject.decode(name, ObjectType.SNAPSHOT, object, key);
    }

    /** Writes what a program without the check would have written. */
    private ObjectName write(ObjectName name, ObjectType type, byte[] plain) throws Exception {
        try (var backend = LocalBackend.open(PosixFileSystem.open(), SnapshotRuns.path(real.folder()), new Random(1))) {
            byte[] object = SealedObject.encode(name, type, plain, key, new Random(2));
            assertThat(Objects.publish(backend, name, object)).isTrue();
        }
        return name;
    }

    /** The first record moves into a bundle, next to one that can't be read. */
    private void bundleTheFirst() throws Exception {
        var id = snapshots.getFirst().id();
        var records = new LinkedHashMap<SnapshotId, byte[]>();
        records.put(UNREADABLE, new byte[] {1, 1, 7});
        records.put(id, plain(id));
        var bundle = write(
                new ObjectName(ObjectKind.BUNDLE, "b".repeat(64)), ObjectType.BUNDLE, BundleFormat.encode(records));
        var generation = new Generation(
                Set.of(),
                Set.of(),
                List.of(new Generation.Bundle(bundle, Instant.EPOCH, Instant.ofEpochSecond(1L << 33), 2)));
        write(ObjectName.numbered(ObjectKind.GENERATION, 1), ObjectType.GENERATION, generation.encode());
        Files.delete(real.folder().resolve("snapshots").resolve(id.hex()));
    }

    @Test
    void commit_recordThatCouldNotBeReadAgain_isRefusedAndNothingIsThere() throws Exception {
        try (var repository = real.open();
                var writer = repository.write()) {
            var label = new Label(Instant.EPOCH, "x".repeat((1 << 20) + 1), List.of(), Optional.empty());
            var record = SnapshotRuns.capture(repository, writer, scene.source(1), label);
            assertThatThrownBy(() -> writer.commit(record))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("could not be read again");
            assertThat(repository.snapshots().snapshots()).hasSize(2);
            assertThat(repository.snapshots().damaged()).isEmpty();
        }
    }

    @Test
    void decode_totalThatOverflowed_isReadAsTheLargestThereIs() throws Exception {
        byte[] plain = plain(snapshots.getFirst().id());
        var read = SnapshotFormat.decode(withNegativeTotals(plain)).record();
        assertThat(read.totals().bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.roots()).isEqualTo(snapshots.getFirst().record().roots());
        assertThatThrownBy(() -> ObjectType.SNAPSHOT.requireReadable(withNegativeTotals(plain)))
                .hasMessageContaining("something else");
    }

    private static byte[] withNegativeTotals(byte[] plain) throws Exception {
        var in = new Decoder(plain);
        var out = new Encoder();
        while (in.remaining() > 0) {
            long number = in.varint();
            byte[] body = in.sized(1 << 20, "a field");
            if (number == 7) {
                var totals = new Encoder();
                for (int i = 0; i < 12; i++) {
                    totals.varint(i == 3 ? -8192 : i);
                }
                body = totals.toBytes();
            }
            out.varint(number).sized(body);
        }
        return out.toBytes();
    }

    @Test
    void list_oneOfABundleCantBeRead_hasTheOthersAndForgetDropsIt() throws Exception {
        bundleTheFirst();
        try (var repository = real.open()) {
            var listing = repository.snapshots();
            assertThat(listing.snapshots()).extracting(Snapshot::id).containsExactlyElementsOf(ids());
            assertThat(listing.damaged())
                    .singleElement()
                    .extracting(DamageException::object)
                    .isEqualTo("snapshots/" + UNREADABLE.hex());
            assertThat(repository.snapshot(snapshots.getFirst().id())).isPresent();
            var packs = FolderContents.of(real.folder().resolve("packs"));
            assertThatThrownBy(() -> repository.collect(CollectionOptions.DEFAULT, () -> {}))
                    .isInstanceOf(DamageException.class)
                    .hasMessageContaining(UNREADABLE.hex());
            assertThat(FolderContents.of(real.folder().resolve("packs"))).isEqualTo(packs);
            repository.forget(List.of(UNREADABLE));
            repository.collect(CollectionOptions.DEFAULT, () -> {});
            assertThat(repository.snapshots().damaged()).isEmpty();
            assertThat(repository.snapshots().snapshots()).hasSize(2);
        }
    }

    @Test
    void list_generationCantBeRead_hasTheBundledOnesAllTheSame() throws Exception {
        bundleTheFirst();
        var generation = real.folder()
                .resolve(ObjectName.numbered(ObjectKind.GENERATION, 1).toString());
        byte[] bytes = Files.readAllBytes(generation);
        bytes[bytes.length - 1] ^= 1;
        Files.write(generation, bytes);
        try (var repository = real.open()) {
            assertThat(repository.snapshots().snapshots())
                    .extracting(Snapshot::id)
                    .containsExactlyElementsOf(ids());
            assertThat(repository.snapshots().damaged()).hasSize(2);
            assertThat(repository.newest(2, _ -> true).snapshots()).hasSize(2);
        }
    }

    private List<SnapshotId> ids() {
        return snapshots.stream().map(Snapshot::id).toList();
    }
}
