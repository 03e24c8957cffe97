package dev.strandline.store.index;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.reach.Reference;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.format.ObjectType;
import dev.strandline.store.format.SealedObject;
import dev.strandline.store.format.SegmentFormat;
import dev.strandline.store.format.SegmentFormat.PackListing;
import dev.strandline.store.pack.PackReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says where each chunk is. Everything in it comes from packs and index segments, so it is brought up to date when it is
 * opened, and set aside and built anew, without asking, when it is damaged. A positive answer is a promise: it counts
 * only for packs that the backend listed in this run.
 *
 * <p>One process at a time writes the database. Another one reads what is there and keeps what is missing in memory, so
 * nobody ever waits for a lock. Safe for use by several threads.
 */
public final class ChunkIndex implements AutoCloseable {
    private final Backend backend;
    private final MasterKey key;
    private final @Nullable Path folder;
    private final Consumer<String> notes;
    private final byte[] repositoryId;
    private final Map<ChunkId, ChunkLocation> overlay = new ConcurrentHashMap<>();
    private final Map<ObjectName, StoredPack> overlayPacks = new ConcurrentHashMap<>();
    private final Set<ObjectName> overlaySegments = ConcurrentHashMap.newKeySet();
    private final Set<ObjectName> livePacks = ConcurrentHashMap.newKeySet();
    private volatile List<ObjectName> segments = List.of();
    private final Set<ObjectName> unlisted = ConcurrentHashMap.newKeySet();
    private volatile Set<ObjectName> avoided = Set.of();
    private final List<DamageException> damages = new ArrayList<>(); // guarded by this
    private final RecentReferences recent = new RecentReferences();
    private volatile @Nullable IndexDatabase database;
    private boolean rebuilt; // guarded by this
    private boolean closed; // guarded by this

    private ChunkIndex(Backend backend, MasterKey key, @Nullable Path folder, Consumer<String> notes) {
        this.backend = backend;
        this.key = key;
        this.folder = folder;
        this.notes = notes;
        this.repositoryId = key.repository().toBytes();
    }

    /**
     * Opens the index and takes in what the repository has gained since.
     *
     * @param folder where the database is or will be
     * @param notes told when the index is built anew, and why
     */
    public static ChunkIndex open(Backend backend, MasterKey key, Path folder, Consumer<String> notes)
            throws RepositoryException {
        var index = new ChunkIndex(backend, key, folder, notes);
        try {
            index.openDatabase(folder);
            index.catchUp();
            return index;
        } catch (RepositoryException | RuntimeException | Error e) {
            index.close();
            throw e;
        }
    }

    /** An index that keeps everything in memory. */
    public static ChunkIndex inMemory(Backend backend, MasterKey key) throws RepositoryException {
        var index = new ChunkIndex(backend, key, null, _ -> {});
        index.catchUp();
        return index;
    }

    /** Takes in what the repository has gained since this was opened and drops what it has lost. */
    public void refresh() throws RepositoryException {
        catchUp();
    }

    /** Has packs not be relied on from now on, though they may still be read. */
    public void avoid(Set<ObjectName> condemned) {
        avoided = Set.copyOf(condemned);
    }

    private void openDatabase(Path folder) {
        IndexFolder.prepare(folder);
        switch (IndexDatabase.openForWriting(folder, repositoryId)) {
            case IndexDatabase.Opening.Opened(var opened) -> database = opened;
            case IndexDatabase.Opening.Damaged(var reason) -> startAnew(reason);
            case IndexDatabase.Opening.NotWritable _ -> openForReading(folder);
        }
    }

    private void openForReading(Path folder) {
        database =
                IndexDatabase.openForReading(folder, repositoryId) instanceof IndexDatabase.Opening.Opened(var opened)
                        ? opened
                        : null;
    }

    /** Sets a damaged database aside; without room or permission for a new one, memory has to do. */
    private void startAnew(String reason) {
        notes.accept("the index is built anew: " + reason);
        var old = database;
        database = null;
        if (old != null) {
            old.close();
        }
        if (folder == null) {
            return;
        }
        try {
            IndexFolder.setAside(folder);
        } catch (IOException e) {
            notes.accept("the damaged index can't be set aside: " + e.getMessage());
            return;
        }
        if (IndexDatabase.openForWriting(folder, repositoryId) instanceof IndexDatabase.Opening.Opened(var opened)) {
            database = opened;
        }
    }

    /** Lists packs and segments, and takes in those that are new. */
    private synchronized void catchUp() throws RepositoryException {
        var there = Set.copyOf(backend.list(ObjectKind.PACK));
        livePacks.retainAll(there);
        livePacks.addAll(there);
        unlisted.retainAll(there);
        var covered = new HashSet<ObjectName>();
        try {
            segments = List.copyOf(backend.list(ObjectKind.SEGMENT));
            for (var segment : segments) {
                takeIn(segment, covered);
            }
            takeInUnlisted(covered);
        } catch (IndexDamagedException e) {
            rebuild(String.valueOf(e.getMessage()));
        }
    }

    private void takeIn(ObjectName segment, Set<ObjectName> covered) throws RepositoryException, IndexDamagedException {
        var current = database;
        boolean known = overlaySegments.contains(segment) || (current != null && current.hasSegment(segment));
        if (known) {
            return;
        }
        try {
            var packs = readSegment(backend, segment, key);
            for (var pack : packs) {
                covered.add(pack.pack());
            }
            add(packs, segment);
        } catch (DamageException damage) {
            // Its packs say themselves what they hold; and it may have been replaced since it was listed.
            if (backend.size(segment).isPresent()) {
                damages.add(damage);
            }
        }
    }

    /** Packs that no segment lists: of a run that was interrupted, of one that is running, or a segment is lost. */
    private void takeInUnlisted(Set<ObjectName> covered) throws RepositoryException, IndexDamagedException {
        for (var pack : livePacks) {
            if (covered.contains(pack)) {
                continue;
            }
            var known = known(pack);
            if (known == null) {
                known = takeInUnlisted(pack);
            }
            if (known != null && !known.listed()) {
                unlisted.add(pack);
            }
        }
    }

    /** Null when it can't be read, or has been deleted since it was listed. */
    private @Nullable StoredPack takeInUnlisted(ObjectName pack) throws RepositoryException, IndexDamagedException {
        try {
            var listing = PackReader.contents(backend, pack, key);
            add(List.of(listing), null);
            return StoredPack.of(listing, false);
        } catch (DamageException damage) {
            if (backend.size(pack).isPresent()) {
                damages.add(damage);
            } else {
                livePacks.remove(pack);
            }
            return null;
        }
    }

    /** What a segment lists. */
    public static List<PackListing> readSegment(Backend backend, ObjectName segment, MasterKey key)
            throws RepositoryException {
        byte[] object = backend.readAll(segment, SealedObject.MAX_BYTES);
        try {
            return SegmentFormat.decode(SealedObject.decode(segment, ObjectType.SEGMENT, object, key));
        } catch (MalformedException e) {
            throw new DamageException(segment.toString(), String.valueOf(e.getMessage()));
        }
    }

    private void add(List<PackListing> packs, @Nullable ObjectName segment) throws IndexDamagedException {
        var live =
                packs.stream().filter(pack -> livePacks.contains(pack.pack())).toList();
        var current = database;
        if (current != null && current.isWritable()) {
            current.add(live, segment, repositoryId);
        } else {
            for (var pack : live) {
                IndexCodec.locations(pack, overlay::put);
                overlayPacks.put(pack.pack(), StoredPack.of(pack, segment != null));
            }
            if (segment != null) {
                overlaySegments.add(segment);
            }
        }
    }

    /** Builds everything anew from the repository; once a run, so that a fault in here can't loop. */
    private synchronized void rebuild(String reason) throws RepositoryException {
        if (rebuilt) {
            throw new IllegalStateException("the index is damaged again right after it was built: " + reason);
        }
        rebuilt = true;
        var current = database;
        if (current == null || current.isWritable()) {
            startAnew(reason);
        } else {
            // Another process owns the database; leave it alone and do without.
            database = null;
            current.close();
        }
        overlay.clear();
        overlayPacks.clear();
        overlaySegments.clear();
        unlisted.clear();
        damages.clear();
        catchUp();
    }

    /** Builds the index anew without a pack that it has, and that turned out to be damaged. */
    public synchronized void distrust(ObjectName pack) throws RepositoryException {
        if (!rebuilt) {
            rebuild("it has " + pack + ", which is damaged");
        }
    }

    /**
     * Where a chunk is, null when no pack that exists, and that may be relied on, has it.
     *
     * @throws DamageException never: what is damaged here is built anew
     */
    public @Nullable ChunkLocation find(ChunkId id) throws RepositoryException {
        var location = lookUp(id);
        return location != null && livePacks.contains(location.pack()) && !avoided.contains(location.pack())
                ? location
                : null;
    }

    /** Whether a chunk, and what it is encoded against, is in packs that exist and may be relied on. */
    public boolean contains(ChunkId id) throws RepositoryException {
        var location = find(id);
        return location != null
                && (location.base().isEmpty() || find(location.base().get()) != null);
    }

    /**
     * Where a chunk is, as {@link #find}, for a reader that needs it: when the pack it was in is gone, the index is built
     * anew once, for another pack may have it too.
     *
     * @throws DamageException when no pack has it, naming the pack that should
     */
    public ChunkLocation require(ChunkId id) throws RepositoryException {
        var location = lookUp(id);
        if (location != null && !livePacks.contains(location.pack())) {
            var lost = location.pack();
            synchronized (this) {
                if (!rebuilt) {
                    rebuild("it leads to " + lost + ", which is missing");
                }
            }
            location = lookUp(id);
            if (location == null || !livePacks.contains(location.pack())) {
                throw new DamageException(lost.toString(), "it is missing, and chunk " + id + " was in it");
            }
        }
        if (location == null) {
            throw new DamageException("chunk " + id, "no pack has it");
        }
        return location;
    }

    private @Nullable ChunkLocation lookUp(ChunkId id) throws RepositoryException {
        var fresh = overlay.get(id);
        if (fresh != null) {
            return fresh;
        }
        var current = database;
        if (current == null) {
            return null;
        }
        try {
            return current.find(id);
        } catch (IndexDamagedException e) {
            rebuildInsteadOf(current, e);
            return lookUp(id);
        }
    }

    private synchronized void rebuildInsteadOf(IndexDatabase damaged, IndexDamagedException why)
            throws RepositoryException {
        if (database == damaged) {
            rebuild(String.valueOf(why.getMessage()));
        }
    }

    /** What a directory or list is known to lead to; empty when nobody has told. */
    public Optional<List<Reference>> references(ChunkId id) throws RepositoryException {
        var current = database;
        if (current == null) {
            return Optional.empty();
        }
        try {
            // No base has a base itself.
            return references(current, id, base -> references(current, base, _ -> Optional.empty()));
        } catch (IndexDamagedException e) {
            rebuildInsteadOf(current, e);
            return Optional.empty();
        }
    }

    private Optional<List<Reference>> references(IndexDatabase current, ChunkId id, ReferenceCodec.Others others)
            throws IndexDamagedException {
        var known = recent.get(id);
        if (known.isPresent()) {
            return known;
        }
        byte[] value = current.references(id);
        try {
            var read = value == null ? Optional.<List<Reference>>empty() : ReferenceCodec.decode(value, others);
            read.ifPresent(references -> recent.add(id, references));
            return read;
        } catch (MalformedException e) {
            throw new IndexDamagedException("what a chunk leads to is malformed: " + e.getMessage(), e);
        }
    }

    /** Remembers what a directory or list leads to, where this process may write. */
    public void learn(ChunkId id, List<Reference> references) throws RepositoryException {
        var current = database;
        if (current == null || !current.isWritable()) {
            return;
        }
        try {
            current.putReferences(id, encode(current, id, references), repositoryId);
        } catch (IndexDamagedException e) {
            rebuildInsteadOf(current, e);
        }
    }

    /** What {@link #keepCensus} was given last; empty when the index was built anew since. */
    public Optional<byte[]> census() throws RepositoryException {
        var current = database;
        if (current == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(current.census());
        } catch (IndexDamagedException e) {
            rebuildInsteadOf(current, e);
            return Optional.empty();
        }
    }

    /** Keeps who holds what, where this process may write. */
    public void keepCensus(byte[] census) throws RepositoryException {
        var current = database;
        if (current == null || !current.isWritable()) {
            return;
        }
        try {
            current.putCensus(census, repositoryId);
        } catch (IndexDamagedException e) {
            rebuildInsteadOf(current, e);
        }
    }

    private byte[] encode(IndexDatabase current, ChunkId id, List<Reference> references) throws IndexDamagedException {
        var location = current.find(id);
        if (location != null && location.base().isPresent()) {
            var base = location.base().get();
            var like = references(current, base, _ -> Optional.empty());
            if (like.isPresent()) {
                return ReferenceCodec.encode(references, base, like.get());
            }
        }
        return ReferenceCodec.encode(references);
    }

    /** Takes in a pack that this run has published. */
    public synchronized void add(PackListing pack) throws RepositoryException {
        livePacks.add(pack.pack());
        try {
            add(List.of(pack), null);
        } catch (IndexDamagedException e) {
            // It is on the backend already, so building anew finds it.
            rebuild(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Notes that packs which are taken in already are listed from now on.
     *
     * @param segment the segment that lists them; null when a committed snapshot record names them
     */
    public synchronized void listed(List<ObjectName> names, @Nullable ObjectName segment) throws RepositoryException {
        names.forEach(unlisted::remove);
        names.forEach(name -> overlayPacks.computeIfPresent(name, (_, pack) -> pack.withListed()));
        var current = database;
        if (current != null && current.isWritable()) {
            try {
                current.markListed(names, segment, repositoryId);
            } catch (IndexDamagedException e) {
                rebuild(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Packs that no segment lists and that were there when this was opened, for a run to list them in its own. */
    public List<ObjectName> unlisted() {
        return List.copyOf(unlisted);
    }

    /** Packs that exist in this run and may be relied on. */
    public Set<ObjectName> livePacks() {
        var packs = new HashSet<>(livePacks);
        packs.removeAll(avoided);
        return packs;
    }

    /** Segments that were there when this was last brought up to date. */
    public List<ObjectName> segments() {
        return segments;
    }

    /** What is known of the packs that exist; one whose contents could not be read is left out. */
    public synchronized List<StoredPack> packs() throws RepositoryException {
        while (true) {
            try {
                var packs = new ArrayList<StoredPack>();
                for (var name : livePacks) {
                    var known = known(name);
                    if (known != null) {
                        packs.add(known);
                    }
                }
                return packs;
            } catch (IndexDamagedException e) {
                rebuild(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * What is known of a pack that exists.
     *
     * @throws DamageException when nothing is
     */
    public synchronized StoredPack pack(ObjectName name) throws RepositoryException {
        try {
            var known = known(name);
            if (known == null) {
                throw new DamageException(name.toString(), "the index does not know it");
            }
            return known;
        } catch (IndexDamagedException e) {
            rebuild(String.valueOf(e.getMessage()));
            return pack(name);
        }
    }

    private @Nullable StoredPack known(ObjectName name) throws IndexDamagedException {
        var known = overlayPacks.get(name);
        var current = database;
        return known == null && current != null ? current.pack(name) : known;
    }

    /** Drops a pack that has been deleted. */
    public synchronized void remove(PackListing listing) throws RepositoryException {
        var pack = listing.pack();
        livePacks.remove(pack);
        unlisted.remove(pack);
        overlayPacks.remove(pack);
        for (var frame : listing.contents().frames()) {
            for (var chunk : frame.chunks()) {
                overlay.computeIfPresent(
                        chunk.id(), (_, location) -> location.pack().equals(pack) ? null : location);
            }
        }
        var current = database;
        if (current != null && current.isWritable()) {
            try {
                current.remove(listing, repositoryId);
            } catch (IndexDamagedException e) {
                rebuild(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Objects that could not be read while the index was brought up to date. */
    public synchronized List<DamageException> damages() {
        return List.copyOf(damages);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        var current = database;
        database = null;
        if (current != null) {
            current.close();
        }
    }
}
