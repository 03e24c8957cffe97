package dev.strandline.benchmarks;

import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.ObjectWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** A backend of nothing but the names of packs, which is all that an index asks for when it knows them already. */
final class ListedPacks implements Backend {
    private final List<ObjectName> packs = new ArrayList<>();

    void add(ObjectName pack) {
        packs.add(pack);
    }

    @Override
    public String describe() {
        return "names of packs";
    }

    @Override
    public List<ObjectName> list(ObjectKind kind) {
        return kind == ObjectKind.PACK ? List.copyOf(packs) : List.of();
    }

    @Override
    public OptionalLong size(ObjectName name) {
        return OptionalLong.empty();
    }

    @Override
    public ObjectWriter create(ObjectName name) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public byte[] read(ObjectName name, long offset, int length) {
        throw new UnsupportedOperationException("nothing is read here");
    }

    @Override
    public byte[] readAll(ObjectName name, int maximumBytes) {
        throw new UnsupportedOperationException("nothing is read here");
    }

    @Override
    public void confirm(ObjectName name) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public void delete(Collection<ObjectName> names) {
        throw new UnsupportedOperationException("nothing is deleted here");
    }

    @Override
    public Held hold(ObjectName name, byte[] content) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public boolean isHeld(ObjectName name) {
        return false;
    }

    @Override
    public void removeAbandoned(Clock clock) {
        throw new UnsupportedOperationException("nothing is deleted here");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
