package dev.strandline.store.testkit;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A backend in memory, in which an object's maker may die. Two are equal when they hold equal objects, held by the same. Safe
 * for use by several threads.
 */
public final class MemoryObjects implements Backend {
    private static final int NOBODY = -1;

    private final NavigableMap<ObjectName, ByteBuffer> objects; // guarded by this
    private final NavigableMap<ObjectName, Integer> holders; // guarded by this
    private final int owner;

    public MemoryObjects() {
        this(new TreeMap<>(), new TreeMap<>(), NOBODY);
    }

    private MemoryObjects(
            NavigableMap<ObjectName, ByteBuffer> objects, NavigableMap<ObjectName, Integer> holders, int owner) {
        this.objects = objects;
        this.holders = holders;
        this.owner = owner;
    }

    /** The same now, for one of several to go on with alone. */
    public synchronized MemoryObjects copyFor(int other) {
        return new MemoryObjects(new TreeMap<>(objects), new TreeMap<>(holders), other);
    }

    /** What somebody held is held by nobody any more. */
    public synchronized void die(int who) {
        holders.values().removeIf(holder -> holder == who);
    }

    // Not synchronized: who compares two is alone with them.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MemoryObjects that && objects.equals(that.objects) && holders.equals(that.holders);
    }

    @Override
    public int hashCode() {
        return objects.keySet().hashCode() * 31 + holders.hashCode();
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public ObjectWriter create(ObjectName name) {
        return new Writer(name);
    }

    private final class Writer implements ObjectWriter {
        private final ObjectName name;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Writer(ObjectName name) {
            this.name = name;
        }

        @Override
        public void write(byte[] data, int offset, int length) {
            content.write(data, offset, length);
        }

        @Override
        public void sync() {}

        @Override
        public boolean publish() {
            return create(name, content.toByteArray());
        }

        @Override
        public void close() {}
    }

    private synchronized boolean create(ObjectName name, byte[] content) {
        return objects.putIfAbsent(name, ByteBuffer.wrap(content.clone())) == null;
    }

    @Override
    public byte[] read(ObjectName name, long offset, int length) throws DamageException {
        byte[] all = readAll(name, Integer.MAX_VALUE);
        if (offset + length > all.length) {
            throw new DamageException(name.toString(), "it ends too early");
        }
        return Arrays.copyOfRange(all, (int) offset, (int) offset + length);
    }

    @Override
    public synchronized byte[] readAll(ObjectName name, int maximumBytes) throws DamageException {
        var content = objects.get(name);
        if (content == null) {
            throw new DamageException(name.toString(), "it is missing");
        }
        byte[] all = new byte[content.remaining()];
        content.get(0, all);
        return all;
    }

    @Override
    public synchronized OptionalLong size(ObjectName name) {
        var content = objects.get(name);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.remaining());
    }

    @Override
    public synchronized List<ObjectName> list(ObjectKind kind) {
        var names = new ArrayList<ObjectName>();
        for (var name : objects.keySet()) {
            if (name.kind() == kind) {
                names.add(name);
            }
        }
        return names;
    }

    @Override
    public void confirm(ObjectName name) {}

    @Override
    public synchronized void delete(Collection<ObjectName> names) {
        names.forEach(objects::remove);
    }

    @Override
    public synchronized Held hold(ObjectName name, byte[] content) throws StorageException {
        if (!create(name, content)) {
            throw new StorageException(name + " is there already", "", null);
        }
        holders.put(name, owner);
        return () -> release(name);
    }

    synchronized void release(ObjectName name) {
        objects.remove(name);
        holders.remove(name);
    }

    @Override
    public synchronized boolean isHeld(ObjectName name) {
        return objects.containsKey(name) && holders.containsKey(name);
    }

    @Override
    public void removeAbandoned(Clock clock) {}

    @Override
    public void close() {}
}
