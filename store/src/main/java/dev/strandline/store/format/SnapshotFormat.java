package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.snapshot.SnapshotTotals;
import dev.strandline.core.snapshot.SystemState;
import dev.strandline.core.snapshot.Trigger;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The plain bytes of a snapshot record: numbered fields in ascending order, so that later versions can add some.
 * {@code docs/format.md}, "Snapshot records".
 */
public final class SnapshotFormat {
    /** Field numbers from here on may be skipped by a reader that doesn't know them; lower ones may not. */
    private static final int FIRST_OPTIONAL_FIELD = 128;

    private static final int MAX_FIELD_BYTES = 64 << 20;
    private static final int MAX_LIST = 1 << 20;
    private static final int MAX_TEXT_BYTES = 1 << 20;

    private SnapshotFormat() {}

    /**
     * A record and what else its object holds.
     *
     * @param segments index segments that the run wrote: without them, packs have to be asked what they hold
     * @param packs those that the run relies on and no segment lists
     */
    public record Stored(SnapshotRecord record, List<ObjectName> segments, List<ObjectName> packs) {
        public Stored {
            segments = List.copyOf(segments);
            packs = List.copyOf(packs);
        }
    }

    /** Number 12 is kept for bundled records. */
    private enum Field {
        WHEN(1),
        WHERE(2),
        WHY(3),
        ROOTS(4),
        EXCLUDES(5),
        PARENT(6),
        TOTALS(7),
        PROBLEMS(8),
        SEGMENTS(9),
        COUNTS(10),
        STATE(11),
        PACKS(13),
        ABSENT(14),
        PINNED(15),
        CHANGES(128),
        SEQUENCE(129);

        private static final Field[] ALL = values();

        private final int number;

        Field(int number) {
            this.number = number;
        }

        static Optional<Field> of(long number) {
            for (var field : ALL) {
                if (field.number == number) {
                    return Optional.of(field);
                }
            }
            return Optional.empty();
        }
    }

    public static byte[] encode(Stored stored) {
        var out = new Encoder();
        for (var field : Field.values()) {
            var body = new Encoder();
            encode(body, field, stored);
            if (body.size() > 0) {
                out.varint(field.number).sized(body.toBytes());
            }
        }
        return out.toBytes();
    }

    private static void encode(Encoder out, Field field, Stored stored) {
        var record = stored.record;
        switch (field) {
            case WHEN ->
                out.zigzag(record.time().getEpochSecond())
                        .varint(record.time().get(ChronoField.NANO_OF_SECOND))
                        .zigzag(record.offset().getTotalSeconds());
            case WHERE -> out.text(record.hostname()).text(record.username()).text(record.program());
            case WHY -> {
                out.unsigned8(record.trigger().number()).text(record.message());
                texts(out, record.tags());
            }
            case ROOTS -> {
                out.varint(record.roots().size());
                for (var root : record.roots()) {
                    out.sized(root.path().toBytes());
                    NodeCodec.encode(out, root.node());
                }
            }
            case EXCLUDES -> {
                if (!record.excludes().isEmpty()) {
                    texts(out, record.excludes());
                }
            }
            case PARENT -> record.parent().ifPresent(parent -> out.bytes(parent.toBytes()));
            case TOTALS -> encode(out, record.totals());
            case PROBLEMS -> {
                if (!record.problems().isEmpty()) {
                    out.varint(record.problems().size());
                    record.problems()
                            .forEach(problem ->
                                    out.sized(problem.path().toBytes()).text(problem.reason()));
                }
            }
            case SEGMENTS -> stored.segments.forEach(segment -> out.bytes(segment.idBytes()));
            case COUNTS -> {
                if (record.roots().stream().allMatch(root -> root.files().isPresent())) {
                    record.roots().forEach(root -> out.varint(root.files().getAsLong()));
                }
            }
            case STATE -> {
                if (!record.systemState().isEmpty()) {
                    out.varint(record.systemState().size());
                    for (var state : record.systemState()) {
                        out.sized(state.name().toBytes()).text(state.problem());
                        NodeCodec.encode(out, state.output());
                    }
                }
            }
            case PACKS -> stored.packs.forEach(pack -> out.bytes(pack.idBytes()));
            case ABSENT -> {
                if (!record.absent().isEmpty()) {
                    out.varint(record.absent().size());
                    record.absent().forEach(path -> out.sized(path.toBytes()));
                }
            }
            case PINNED -> {
                if (record.pinned()) {
                    out.unsigned8(1);
                }
            }
            case CHANGES -> record.changes().ifPresent(changes -> encode(out, changes));
            case SEQUENCE -> record.sequence().ifPresent(out::varint);
        }
    }

    private static void encode(Encoder out, ChangedPaths changes) {
        int[] digests = changes.digests();
        out.varint(digests.length);
        for (int digest : digests) {
            out.unsigned32(Integer.toUnsignedLong(digest));
        }
    }

    private static void encode(Encoder out, SnapshotTotals totals) {
        out.varint(totals.files())
                .varint(totals.directories())
                .varint(totals.others())
                .varint(totals.bytes())
                .varint(totals.filesNew())
                .varint(totals.filesChanged())
                .varint(totals.filesUnmodified())
                .varint(totals.changedWhileRead())
                .varint(totals.unreadable())
                .varint(totals.addedBytes())
                .varint(totals.storedBytes())
                .varint(totals.duration().toNanos());
    }

    private static void texts(Encoder out, List<String> texts) {
        out.varint(texts.size());
        texts.forEach(out::text);
    }

    public static Stored decode(byte[] bytes) throws MalformedException {
        var builder = new Builder();
        var in = new Decoder(bytes);
        long previous = 0;
        while (in.remaining() > 0) {
            long number = in.varint();
            if (number <= previous) {
                throw new MalformedException("its fields are not in order");
            }
            previous = number;
            var body = new Decoder(in.sized(MAX_FIELD_BYTES, "a field"));
            var field = Field.of(number);
            if (field.isPresent()) {
                builder.read(field.get(), body);
                body.expectEnd();
            } else if (number < FIRST_OPTIONAL_FIELD) {
                throw new MalformedException("it has field " + number + ", which a newer program must have written");
            }
        }
        return builder.build();
    }

    private static final class Builder {
        private final Set<Field> seen = EnumSet.noneOf(Field.class);
        private Instant time = Instant.EPOCH;
        private ZoneOffset offset = ZoneOffset.UTC;
        private String hostname = "";
        private String username = "";
        private String program = "";
        private Trigger trigger = Trigger.MANUAL;
        private String message = "";
        private List<String> tags = List.of();
        private List<String> excludes = List.of();
        private final List<SnapshotRoot> roots = new ArrayList<>();
        private final List<FilePath> absent = new ArrayList<>();
        private final List<SystemState> systemState = new ArrayList<>();
        private boolean pinned;
        private Optional<SnapshotId> parent = Optional.empty();
        private SnapshotTotals totals = new SnapshotTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
        private final List<CaptureProblem> problems = new ArrayList<>();
        private Optional<ChangedPaths> changes = Optional.empty();
        private OptionalLong sequence = OptionalLong.empty();
        private final List<ObjectName> segments = new ArrayList<>();
        private final List<ObjectName> packs = new ArrayList<>();

        void read(Field field, Decoder in) throws MalformedException {
            seen.add(field);
            switch (field) {
                case WHEN -> readWhen(in);
                case WHERE -> {
                    hostname = in.text(MAX_TEXT_BYTES, "the host name");
                    username = in.text(MAX_TEXT_BYTES, "the user name");
                    program = in.text(MAX_TEXT_BYTES, "the program");
                }
                case WHY -> {
                    int number = in.unsigned8();
                    trigger = Trigger.of(number)
                            .orElseThrow(() -> new MalformedException("its trigger has the unknown number " + number));
                    message = in.text(MAX_TEXT_BYTES, "the message");
                    tags = texts(in, "tags");
                }
                case ROOTS -> readRoots(in);
                case EXCLUDES -> excludes = texts(in, "excludes");
                case PARENT -> parent = Optional.of(SnapshotId.of(in.bytes(SnapshotId.BYTES)));
                case TOTALS -> totals = readTotals(in);
                case PROBLEMS -> {
                    int count = in.varint(SnapshotRecord.MAX_PROBLEMS, "the number of problems");
                    for (int i = 0; i < count; i++) {
                        problems.add(new CaptureProblem(path(in), in.text(MAX_TEXT_BYTES, "a problem")));
                    }
                }
                case SEGMENTS -> readNames(in, ObjectKind.SEGMENT, segments);
                case COUNTS -> readCounts(in);
                case STATE -> readState(in);
                case PACKS -> readNames(in, ObjectKind.PACK, packs);
                case ABSENT -> {
                    int count = in.varint(MAX_LIST, "the number of absent sources");
                    for (int i = 0; i < count; i++) {
                        absent.add(path(in));
                    }
                }
                case PINNED -> {
                    pinned = in.unsigned8() == 1;
                    if (!pinned) {
                        throw new MalformedException("it is neither pinned nor not");
                    }
                }
                case CHANGES -> {
                    int[] digests = new int[in.varint(ChangedPaths.MAX_PATHS, "the number of changed paths")];
                    for (int i = 0; i < digests.length; i++) {
                        digests[i] = (int) in.unsigned32();
                        if (i > 0 && digests[i - 1] >= digests[i]) {
                            throw new MalformedException("its changed paths are not in order");
                        }
                    }
                    changes = Optional.of(ChangedPaths.ofDigests(digests));
                }
                case SEQUENCE -> sequence = OptionalLong.of(in.varint(Long.MAX_VALUE, "the place in the order"));
            }
        }

        private static void readNames(Decoder in, ObjectKind kind, List<ObjectName> names) throws MalformedException {
            while (in.remaining() > 0) {
                names.add(ObjectName.of(kind, in.bytes(ObjectName.ID_DIGITS / 2)));
            }
        }

        private void readWhen(Decoder in) throws MalformedException {
            long seconds = in.zigzag();
            int nanos = in.varint(999_999_999, "the nanoseconds of a time");
            long offsetSeconds = in.zigzag();
            try {
                time = Instant.ofEpochSecond(seconds, nanos);
                offset = ZoneOffset.ofTotalSeconds(Math.toIntExact(offsetSeconds));
            } catch (DateTimeException | ArithmeticException _) {
                throw new MalformedException("its time is out of range");
            }
        }

        private void readRoots(Decoder in) throws MalformedException {
            int count = in.varint(MAX_LIST, "the number of roots");
            for (int i = 0; i < count; i++) {
                var path = path(in);
                if (!path.isAbsolute()
                        || (i > 0 && path.compareTo(roots.getLast().path()) <= 0)
                        || (i > 0 && path.startsWith(roots.getLast().path()))) {
                    throw new MalformedException("its roots are not in order");
                }
                try {
                    path.names();
                } catch (IllegalArgumentException invalid) {
                    throw new MalformedException(String.valueOf(invalid.getMessage()));
                }
                roots.add(new SnapshotRoot(path, NodeCodec.decode(in)));
            }
        }

        /** Fields come in order, so the roots are known. */
        private void readCounts(Decoder in) throws MalformedException {
            for (int i = 0; i < roots.size(); i++) {
                var root = roots.get(i);
                long files = in.varint(Long.MAX_VALUE, "a number of files");
                roots.set(i, new SnapshotRoot(root.path(), root.node(), OptionalLong.of(files)));
            }
        }

        private void readState(Decoder in) throws MalformedException {
            int count = in.varint(MAX_LIST, "the number of states");
            for (int i = 0; i < count; i++) {
                byte[] name = in.sized(MAX_TEXT_BYTES, "the name of a state");
                String problem = in.text(MAX_TEXT_BYTES, "the problem of a state");
                if (!(NodeCodec.decode(in) instanceof Node.RegularFile output)) {
                    throw new MalformedException("a state is no file");
                }
                try {
                    systemState.add(new SystemState(FileName.of(name), problem, output));
                } catch (IllegalArgumentException invalid) {
                    throw new MalformedException(String.valueOf(invalid.getMessage()));
                }
            }
        }

        private static FilePath path(Decoder in) throws MalformedException {
            try {
                return FilePath.of(in.sized(MAX_TEXT_BYTES, "a path"));
            } catch (IllegalArgumentException invalid) {
                throw new MalformedException(String.valueOf(invalid.getMessage()));
            }
        }

        private static List<String> texts(Decoder in, String what) throws MalformedException {
            int count = in.varint(MAX_LIST, "the number of " + what);
            var texts = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                texts.add(in.text(MAX_TEXT_BYTES, what));
            }
            return texts;
        }

        private static SnapshotTotals readTotals(Decoder in) throws MalformedException {
            long[] counts = new long[11];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = total(in);
            }
            return new SnapshotTotals(
                    counts[0],
                    counts[1],
                    counts[2],
                    counts[3],
                    counts[4],
                    counts[5],
                    counts[6],
                    counts[7],
                    counts[8],
                    counts[9],
                    counts[10],
                    Duration.ofNanos(total(in)));
        }

        /** Sums once overflowed to what reads as more than there can be; what was captured is whole all the same. */
        private static long total(Decoder in) throws MalformedException {
            long value = in.varint();
            return value < 0 ? Long.MAX_VALUE : value;
        }

        Stored build() throws MalformedException {
            if (!seen.containsAll(EnumSet.of(Field.WHEN, Field.WHERE, Field.WHY, Field.ROOTS, Field.TOTALS))) {
                throw new MalformedException("a required field is missing");
            }
            var record = new SnapshotRecord(
                    time,
                    offset,
                    hostname,
                    username,
                    program,
                    message,
                    tags,
                    trigger,
                    roots,
                    excludes,
                    absent,
                    systemState,
                    pinned,
                    parent,
                    totals,
                    problems,
                    changes,
                    sequence);
            return new Stored(record, segments, packs);
        }
    }
}
