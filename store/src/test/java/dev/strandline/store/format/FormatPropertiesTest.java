package dev.strandline.store.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NewerFormatException;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.snapshot.SystemState;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.KeySlot;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.crypto.Suite;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.frame.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is written reads back; whatever else is read is refused in one of three ways. */
class FormatPropertiesTest {
    private static final int TRIES = 300;
    private static final int MAX_PLAIN = FrameEntry.MAX_PLAIN_BYTES;

    private interface Parser {
        Object parse(byte[] bytes) throws MalformedException, DamageException, NewerFormatException;
    }

    /** Unchecked exceptions and errors come through and fail the test. */
    private static void parse(Parser parser, byte[] bytes) {
        try {
            assertThat(parser.parse(bytes)).isNotNull();
        } catch (MalformedException | DamageException | NewerFormatException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static final ObjectName KEY = ObjectName.of(ObjectKind.KEY, new byte[32]);

    private static List<Parser> parsers() {
        var master = MasterKey.unencrypted(new RepositoryId("0".repeat(32)));
        return List.of(
                bytes -> PackContents.decode(new Decoder(bytes)),
                SegmentFormat::decode,
                SnapshotFormat::decode,
                ConfigFormat::decode,
                bytes -> KeySlotFormat.decode(KEY, bytes),
                bytes -> Payload.decode(bytes, MAX_PLAIN),
                Payload::unpad,
                PackTrailer::decode,
                bytes -> SealedObject.decode(KEY, ObjectType.SEGMENT, bytes, master));
    }

    @Property(tries = TRIES)
    void decode_anyBytes_readsOrRefuses(@ForAll @Size(max = 300) byte[] bytes) {
        parsers().forEach(parser -> parse(parser, bytes));
    }

    @Property(tries = TRIES)
    void decode_validButForAByte_readsOrRefuses(@ForAll long seed) {
        var random = new Random(seed);
        var encodings = List.of(
                encode(contents(random)),
                SegmentFormat.encode(segment(random)),
                SnapshotFormat.encode(snapshot(random)),
                ConfigFormat.encode(config(random)),
                KeySlotFormat.encode(slot(random)),
                payload(random));
        for (byte[] encoding : encodings) {
            byte[] mutated = encoding.clone();
            if (random.nextBoolean()) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            } else {
                mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length + 1));
            }
            for (var parser : parsers()) {
                parse(parser, mutated);
            }
        }
    }

    @Property(tries = TRIES)
    void packContents_encoded_readsBack(@ForAll long seed) throws Exception {
        var contents = contents(new Random(seed));
        assertThat(PackContents.decode(new Decoder(encode(contents)))).isEqualTo(contents);
    }

    @Property(tries = TRIES)
    void segment_encoded_readsBack(@ForAll long seed) throws Exception {
        var segment = segment(new Random(seed));
        assertThat(SegmentFormat.decode(SegmentFormat.encode(segment))).isEqualTo(segment);
    }

    @Property(tries = TRIES)
    void snapshot_encoded_readsBack(@ForAll long seed) throws Exception {
        var stored = snapshot(new Random(seed));
        assertThat(SnapshotFormat.decode(SnapshotFormat.encode(stored))).isEqualTo(stored);
    }

    @Property(tries = TRIES)
    void config_encoded_readsBack(@ForAll long seed) throws Exception {
        var config = config(new Random(seed));
        assertThat(ConfigFormat.decode(ConfigFormat.encode(config))).isEqualTo(config);
    }

    @Property(tries = TRIES)
    void keySlot_encoded_readsBack(@ForAll long seed) throws Exception {
        var slot = slot(new Random(seed));
        assertThat(KeySlotFormat.decode(KEY, KeySlotFormat.encode(slot))).isEqualTo(slot);
    }

    @Property(tries = TRIES)
    void payload_encoded_readsBack(
            @ForAll @Size(max = 2000) byte[] plain, @ForAll @IntRange(min = 1, max = 999) int multiple)
            throws Exception {
        byte[] payload = Payload.encode(plain, 0, plain.length);
        assertThat(Payload.decode(payload, plain.length)).isEqualTo(plain);
        assertThat(payload.length)
                .as("incompressible bytes are stored as they are")
                .isLessThanOrEqualTo(plain.length + 11);
        byte[] padded = Payload.pad(payload, 7, multiple);
        assertThat((padded.length + 7) % multiple).isZero();
        assertThat(Payload.unpad(padded)).isEqualTo(payload);
    }

    @Property(tries = 50)
    void config_anyBitFlipped_isRefused(@ForAll long seed) {
        byte[] bytes = ConfigFormat.encode(config(new Random(seed)));
        int bit = new Random(seed).nextInt(8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThatThrownBy(() -> ConfigFormat.decode(bytes))
                .isInstanceOfAny(DamageException.class, NewerFormatException.class);
    }

    @Test
    void config_newerVersion_isAnErrorOfItsOwn() {
        String json = new String(ConfigFormat.encode(config(new Random(1))), StandardCharsets.UTF_8);
        byte[] newer = json.replace("\"version\" : 1", "\"version\" : 2").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ConfigFormat.decode(newer))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void objectHeader_newerVersion_namesTheObjectAndSaysSo() {
        var master = MasterKey.unencrypted(new RepositoryId("0".repeat(32)));
        byte[] object = SealedObject.encode(
                ObjectName.of(ObjectKind.SEGMENT, new byte[32]),
                ObjectType.SEGMENT,
                new byte[5],
                master,
                new Random(1));
        object[5] = ObjectHeader.VERSION + 1;
        assertThatThrownBy(() -> SealedObject.decode(KEY, ObjectType.SEGMENT, object, master))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("newer");
    }

    @Test
    void payload_thatClaimsMoreThanAllowed_isRefusedBeforeAnythingIsAllocated() {
        byte[] bomb = new Encoder()
                .unsigned8(1)
                .varint(1L << 60)
                .bytes(Payload.encode(new byte[100_000], 0, 100_000))
                .toBytes();
        assertThatThrownBy(() -> Payload.decode(bomb, MAX_PLAIN)).isInstanceOf(MalformedException.class);
        byte[] lie =
                new Encoder().unsigned8(0).varint(MAX_PLAIN).bytes(new byte[3]).toBytes();
        assertThatThrownBy(() -> Payload.decode(lie, MAX_PLAIN)).isInstanceOf(MalformedException.class);
    }

    @Test
    void payload_thatDecompressesToMoreThanItClaims_isRefused() throws Exception {
        byte[] honest = Payload.encode(new byte[3_000_000], 0, 3_000_000);
        var in = new Decoder(honest);
        in.unsigned8();
        in.varint();
        byte[] bomb = new Encoder()
                .unsigned8(1)
                .varint(1000)
                .bytes(in.bytes(in.remaining()))
                .toBytes();
        assertThatThrownBy(() -> Payload.decode(bomb, MAX_PLAIN)).isInstanceOf(MalformedException.class);
    }

    @Test
    void keySlot_thatAsksForTooMuchOrNothing_isRefused() {
        for (int[] cost :
                new int[][] {{0, 0, 0}, {Integer.MAX_VALUE, 1, 1}, {64, 1_000_000, 1}, {64, 1, 65}, {7, 1, 1}}) {
            var slot = new KeySlot(
                    KeySlot.Kind.PASSPHRASE,
                    new byte[KeySlot.SALT_BYTES],
                    cost[0],
                    cost[1],
                    cost[2],
                    new byte[KeySlot.WRAPPED_BYTES]);
            assertThatThrownBy(() -> KeySlotFormat.decode(KEY, KeySlotFormat.encode(slot)))
                    .as(Arrays.toString(cost))
                    .isInstanceOf(DamageException.class);
        }
    }

    private static byte[] encode(PackContents contents) {
        var out = new Encoder();
        contents.encode(out);
        return out.toBytes();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ChunkId chunk(Random random) {
        return ChunkId.read(bytes(random, ChunkId.BYTES), 0);
    }

    private static ObjectName object(ObjectKind kind, Random random) {
        return ObjectName.of(kind, bytes(random, 32));
    }

    private static PackContents contents(Random random) {
        var frames = new ArrayList<FrameEntry>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var chunks = IntStream.rangeClosed(0, random.nextInt(5))
                    .mapToObj(_ -> new PackEntry(chunk(random), 1 + random.nextInt(100_000)))
                    .toList();
            Optional<ChunkId> base = random.nextBoolean() ? Optional.of(chunk(random)) : Optional.empty();
            frames.add(new FrameEntry(
                    random.nextBoolean() ? ChunkKind.DATA : ChunkKind.TREE,
                    1 + random.nextInt(MAX_PLAIN),
                    base,
                    chunks));
        }
        return new PackContents(frames);
    }

    private static List<PackListing> segment(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(_ ->
                        new PackListing(object(ObjectKind.PACK, random), random.nextLong(1L << 40), contents(random)))
                .toList();
    }

    private static ConfigFormat.Config config(Random random) {
        return new ConfigFormat.Config(
                RepositoryId.of(bytes(random, RepositoryId.BYTES)),
                random.nextBoolean() ? Suite.NONE : Suite.AES_256_GCM);
    }

    private static KeySlot slot(Random random) {
        boolean passphrase = random.nextBoolean();
        int lanes = 1 + random.nextInt(4);
        return new KeySlot(
                passphrase ? KeySlot.Kind.PASSPHRASE : KeySlot.Kind.KEY_FILE,
                bytes(random, KeySlot.SALT_BYTES),
                passphrase ? 8 * lanes + random.nextInt(100_000) : 0,
                passphrase ? 1 + random.nextInt(10) : 0,
                passphrase ? lanes : 0,
                bytes(random, KeySlot.WRAPPED_BYTES));
    }

    private static byte[] payload(Random random) {
        byte[] plain = random.nextBoolean() ? bytes(random, 1 + random.nextInt(500)) : new byte[5000];
        return Payload.encode(plain, 0, plain.length);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(10), 0x20, 0xD7FF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<String> texts(Random random) {
        return IntStream.range(0, random.nextInt(3)).mapToObj(_ -> text(random)).toList();
    }

    private static OptionalLong count(boolean counted, Random random) {
        return counted ? OptionalLong.of(random.nextLong(1L << 40)) : OptionalLong.empty();
    }

    private static SnapshotFormat.Stored snapshot(Random random) {
        var metadata = new Metadata(
                random.nextInt(010000),
                random.nextInt(),
                random.nextInt(),
                new FileTime(random.nextLong(), random.nextInt(1_000_000_000)),
                List.of(),
                Optional.empty());
        var stream = new ChunkStream.Direct(List.of(new Extent.Chunk(chunk(random), 1 + random.nextInt(1000))));
        boolean counted = random.nextBoolean();
        var file = new Node.RegularFile(metadata, stream, random.nextBoolean());
        var roots = List.of(
                new SnapshotRoot(FilePath.of("/a"), new Node.Directory(metadata, stream), count(counted, random)),
                new SnapshotRoot(FilePath.of("/b/c"), file, count(counted, random)));
        var totals = new SnapshotTotals(
                random.nextInt(100), 2, 3, random.nextLong(1L << 50), 5, 6, 7, 8, 9, 10, 11, Duration.ofNanos(12));
        var record = new SnapshotRecord(
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                ZoneOffset.ofTotalSeconds(random.nextInt(7200)),
                text(random),
                text(random),
                text(random),
                text(random),
                texts(random),
                random.nextBoolean() ? Trigger.RUN : Trigger.SCHEDULED,
                roots,
                texts(random),
                random.nextBoolean() ? List.of(FilePath.of("/gone"), FilePath.of("/x/y")) : List.of(),
                random.nextBoolean() ? List.of(new SystemState(FileName.of("peers"), text(random), file)) : List.of(),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of(SnapshotId.of(bytes(random, SnapshotId.BYTES))) : Optional.empty(),
                totals,
                random.nextBoolean() ? List.of(new CaptureProblem(FilePath.of("/x"), text(random))) : List.of(),
                random.nextBoolean()
                        ? Optional.of(ChangedPaths.ofDigests(random.ints(random.nextInt(ChangedPaths.MAX_PATHS))
                                .toArray()))
                        : Optional.empty(),
                random.nextBoolean() ? OptionalLong.of(random.nextLong(Long.MAX_VALUE)) : OptionalLong.empty());
        var segments = IntStream.range(0, random.nextInt(3))
                .mapToObj(_ -> object(ObjectKind.SEGMENT, random))
                .toList();
        var packs = IntStream.range(0, random.nextInt(3))
                .mapToObj(_ -> object(ObjectKind.PACK, random))
                .toList();
        return new SnapshotFormat.Stored(record, segments, packs);
    }
}
