package dev.strandline.store.index;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.SegmentFormat.PackListing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The index in RocksDB, open for writing or reading. Written without a log: what a crash loses is read again from the
 * repository, and a segment counts as taken in only together with its chunks. The one owner of its native handles;
 * closed last-made first. Safe for use by several threads until closed.
 */
final class IndexDatabase implements AutoCloseable {
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    private static final long BLOCK_CACHE_BYTES = 32L << 20;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final double MEMTABLE_BLOOM_RATIO = 0.02;
    private static final int MAX_OPEN_FILES = 128;
    private static final long MANIFEST_STEP_BYTES = 64L << 10;

    private final NativeParts parts;
    private final RocksDB database;
    private final boolean writable;
    private final ConcurrentMap<Long, ObjectName> packNames = new ConcurrentHashMap<>();
    private long nextPackNumber; // guarded by this
    /** A native handle used after its close ends the process: use holds the one side, closing the other. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed; // guarded by use

    /** What the options are made of; the database uses them until it is closed. */
    private static final class NativeParts implements AutoCloseable {
        final LRUCache cache = new LRUCache(BLOCK_CACHE_BYTES);
        final BloomFilter filter = new BloomFilter(BLOOM_BITS_PER_KEY);
        final Options options = new Options()
                .setCreateIfMissing(true)
                // Room that is reserved and not used is missing for packs on a disk that is nearly full.
                .setAllowFAllocate(false)
                .setManifestPreallocationSize(MANIFEST_STEP_BYTES)
                .setInfoLogLevel(InfoLogLevel.HEADER_LEVEL)
                .setKeepLogFileNum(1)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                // Most look-ups of a first snapshot miss, in what it has just written too.
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO)
                .setMemtableWholeKeyFiltering(true)
                // Keys and values are hashes and small numbers: nothing to compress.
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));

        @Override
        public void close() {
            options.close();
            filter.close();
            cache.close();
        }
    }

    private IndexDatabase(NativeParts parts, RocksDB database, boolean writable) {
        this.parts = parts;
        this.database = database;
        this.writable = writable;
    }

    /** How opening ended. */
    sealed interface Opening {
        record Opened(IndexDatabase database) implements Opening {}

        /** Another process writes it, or this one may not. */
        record NotWritable() implements Opening {}

        record Damaged(String reason) implements Opening {}
    }

    static Opening openForWriting(Path folder, byte[] repositoryId) {
        return open(folder, repositoryId, true);
    }

    /** Sees what was written before this call. */
    static Opening openForReading(Path folder, byte[] repositoryId) {
        return open(folder, repositoryId, false);
    }

    private static Opening open(Path folder, byte[] repositoryId, boolean writable) {
        RocksDB.loadLibrary();
        var parts = new NativeParts();
        try {
            var database = writable
                    ? RocksDB.open(parts.options, folder.toString())
                    : RocksDB.openReadOnly(parts.options, folder.toString());
            var opened = new IndexDatabase(parts, database, writable);
            if (!opened.belongsTo(repositoryId)) {
                opened.close();
                return new Opening.Damaged("it is of another repository or schema");
            }
            return new Opening.Opened(opened);
        } catch (RocksDBException e) {
            parts.close();
            String message = String.valueOf(e.getMessage());
            boolean refused = message.contains("/LOCK")
                    || message.contains("Permission denied")
                    || message.contains("Read-only file system")
                    || message.contains("No space left on device")
                    || message.contains("Operation not permitted");
            return refused ? new Opening.NotWritable() : new Opening.Damaged(message);
        } catch (IndexDamagedException e) {
            return new Opening.Damaged(String.valueOf(e.getMessage()));
        }
    }

    /** Reads whose index this is, and says so in an empty one. */
    private boolean belongsTo(byte[] repositoryId) throws IndexDamagedException {
        try {
            byte[] meta = database.get(IndexCodec.META_KEY);
            if (meta == null) {
                if (writable) {
                    writeMeta(repositoryId, 0);
                }
                return writable;
            }
            var in = new Decoder(meta);
            boolean ours =
                    in.unsigned8() == IndexCodec.SCHEMA && Arrays.equals(in.bytes(repositoryId.length), repositoryId);
            if (ours) {
                synchronized (this) {
                    nextPackNumber = in.varint();
                }
            }
            return ours;
        } catch (RocksDBException | MalformedException e) {
            close();
            throw new IndexDamagedException(String.valueOf(e.getMessage()), e);
        }
    }

    private void writeMeta(byte[] repositoryId, long nextNumber) throws RocksDBException {
        try (var options = new WriteOptions().setDisableWAL(true)) {
            database.put(options, IndexCodec.META_KEY, meta(repositoryId, nextNumber));
        }
    }

    private static byte[] meta(byte[] repositoryId, long nextNumber) {
        return new Encoder()
                .unsigned8(IndexCodec.SCHEMA)
                .bytes(repositoryId)
                .varint(nextNumber)
                .toBytes();
    }

    boolean isWritable() {
        return writable;
    }

    @Nullable
    ChunkLocation find(ChunkId id) throws IndexDamagedException {
        byte[] value = get(IndexCodec.chunkKey(id));
        try {
            return value == null ? null : IndexCodec.decode(value, this::packName);
        } catch (MalformedException e) {
            throw new IndexDamagedException("a chunk's entry is malformed: " + e.getMessage(), e);
        }
    }

    private ObjectName packName(long number) throws MalformedException {
        var known = packNames.get(number);
        if (known != null) {
            return known;
        }
        try {
            byte[] id = get(IndexCodec.numberKey(number));
            if (id == null || id.length != ObjectName.ID_DIGITS / 2) {
                throw new MalformedException("pack number " + number + " has no name");
            }
            var name = ObjectName.of(ObjectKind.PACK, id);
            packNames.put(number, name);
            return name;
        } catch (IndexDamagedException e) {
            throw new MalformedException("pack number " + number + " can't be read: " + e.getMessage());
        }
    }

    /** What a chunk leads to, as {@link ReferenceCodec} has it; null when that is not known. */
    byte @Nullable [] references(ChunkId id) throws IndexDamagedException {
        return get(IndexCodec.referencesKey(id));
    }

    void putReferences(ChunkId id, byte[] references, byte[] repositoryId) throws IndexDamagedException {
        write(repositoryId, batch -> batch.put(IndexCodec.referencesKey(id), references));
    }

    byte @Nullable [] census() throws IndexDamagedException {
        return get(IndexCodec.CENSUS_KEY);
    }

    void putCensus(byte[] census, byte[] repositoryId) throws IndexDamagedException {
        write(repositoryId, batch -> batch.put(IndexCodec.CENSUS_KEY, census));
    }

    boolean hasSegment(ObjectName segment) throws IndexDamagedException {
        return get(IndexCodec.segmentKey(segment)) != null;
    }

    /** What is known of a pack; null when it was not taken in. */
    @Nullable
    StoredPack pack(ObjectName pack) throws IndexDamagedException {
        var numbered = numbered(pack, get(IndexCodec.packKey(pack)));
        return numbered == null ? null : numbered.pack();
    }

    private static IndexCodec.@Nullable NumberedPack numbered(ObjectName pack, byte @Nullable [] value)
            throws IndexDamagedException {
        try {
            return value == null ? null : IndexCodec.NumberedPack.decode(pack, value);
        } catch (MalformedException e) {
            throw new IndexDamagedException("a pack's entry is malformed: " + e.getMessage(), e);
        }
    }

    private byte @Nullable [] get(byte[] key) throws IndexDamagedException {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IndexDamagedException("it was closed", null);
            }
            return database.get(key);
        } catch (RocksDBException e) {
            throw new IndexDamagedException(String.valueOf(e.getMessage()), e);
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Takes in packs and, in the same step, notes that the segment that lists them is taken in.
     *
     * @param segment null when the packs come from their footers
     */
    synchronized void add(List<PackListing> packs, @Nullable ObjectName segment, byte[] repositoryId)
            throws IndexDamagedException {
        write(repositoryId, batch -> {
            for (var listing : packs) {
                long number = putPack(batch, StoredPack.of(listing, segment != null));
                IndexCodec.<RocksDBException>locations(
                        listing,
                        (id, location) -> batch.put(IndexCodec.chunkKey(id), IndexCodec.encode(location, number)));
            }
            if (segment != null) {
                batch.put(IndexCodec.segmentKey(segment), new byte[0]);
            }
        });
    }

    /**
     * Notes that packs, taken in before, are listed.
     *
     * @param segment the segment that lists them; null when a snapshot record names them
     */
    synchronized void markListed(List<ObjectName> packs, @Nullable ObjectName segment, byte[] repositoryId)
            throws IndexDamagedException {
        write(repositoryId, batch -> {
            for (var name : packs) {
                var known = numbered(name, database.get(IndexCodec.packKey(name)));
                if (known != null) {
                    putPack(batch, known.pack().withListed());
                }
            }
            if (segment != null) {
                batch.put(IndexCodec.segmentKey(segment), new byte[0]);
            }
        });
    }

    private interface Change {
        void apply(WriteBatch batch) throws RocksDBException, IndexDamagedException;
    }

    private void write(byte[] repositoryId, Change change) throws IndexDamagedException {
        use.readLock().lock();
        try (var batch = new WriteBatch();
                var options = new WriteOptions().setDisableWAL(true)) {
            if (closed) {
                throw new IndexDamagedException("it was closed", null);
            }
            change.apply(batch);
            batch.put(IndexCodec.META_KEY, meta(repositoryId, nextPackNumber));
            database.write(options, batch);
        } catch (RocksDBException e) {
            throw new IndexDamagedException(String.valueOf(e.getMessage()), e);
        } finally {
            use.readLock().unlock();
        }
    }

    private long putPack(WriteBatch batch, StoredPack pack) throws RocksDBException, IndexDamagedException {
        byte[] key = IndexCodec.packKey(pack.name());
        var known = numbered(pack.name(), database.get(key));
        long number = known == null ? nextPackNumber++ : known.number();
        batch.put(key, new IndexCodec.NumberedPack(number, pack).encode());
        batch.put(IndexCodec.numberKey(number), pack.name().idBytes());
        return number;
    }

    /** Drops a pack that is deleted, and the places of its chunks that lead to it. */
    synchronized void remove(PackListing listing, byte[] repositoryId) throws IndexDamagedException {
        var pack = listing.pack();
        write(repositoryId, batch -> {
            for (var frame : listing.contents().frames()) {
                for (var chunk : frame.chunks()) {
                    var location = find(chunk.id());
                    if (location != null && location.pack().equals(pack)) {
                        batch.delete(IndexCodec.chunkKey(chunk.id()));
                        batch.delete(IndexCodec.referencesKey(chunk.id()));
                    }
                }
            }
            // Its number still leads to its name, for a reader that found a chunk in it before.
            batch.delete(IndexCodec.packKey(pack));
        });
    }

    /** Makes everything readable for processes that open it after this. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (writable) {
                flush();
            }
            database.close();
            parts.close();
        } finally {
            use.writeLock().unlock();
        }
    }

    private void flush() {
        try (var options = new FlushOptions().setWaitForFlush(true)) {
            database.flush(options);
        } catch (RocksDBException _) {
            // What is not on disk will be read from the repository again.
        }
    }
}
