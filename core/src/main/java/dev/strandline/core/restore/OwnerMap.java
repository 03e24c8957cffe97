package dev.strandline.core.restore;

import dev.strandline.core.snapshot.OwnerNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which numbers users and groups of a snapshot have here. Safe for use by several threads. */
public final class OwnerMap {
    private final Map<Integer, Integer> users;
    private final Map<Integer, Integer> groups;
    private final OwnerNames names;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    private OwnerMap(Map<Integer, Integer> users, Map<Integer, Integer> groups, OwnerNames names) {
        this.users = users;
        this.groups = groups;
        this.names = names;
    }

    /** Numbers stay as they are. */
    public static OwnerMap byId() {
        return new OwnerMap(Map.of(), Map.of(), new OwnerNames(Map.of(), Map.of()));
    }

    /**
     * Names stay as they are; what has no name there or here keeps its number.
     *
     * @param there of the host that the snapshot is of
     * @param here of this host
     */
    public static OwnerMap byName(OwnerNames there, OwnerNames here) {
        return new OwnerMap(map(there.users(), here.users()), map(there.groups(), here.groups()), there);
    }

    private static Map<Integer, Integer> map(Map<Integer, String> there, Map<Integer, String> here) {
        var numbers = new HashMap<String, Integer>();
        here.forEach((id, name) -> numbers.put(name, id));
        var map = new HashMap<Integer, Integer>();
        there.forEach((id, name) -> {
            if (numbers.containsKey(name)) {
                map.put(id, numbers.get(name));
            }
        });
        return map;
    }

    int uid(int there) {
        return map("user ", there, users, names.users());
    }

    int gid(int there) {
        return map("group ", there, groups, names.groups());
    }

    private int map(String kind, int there, Map<Integer, Integer> map, Map<Integer, String> known) {
        var here = map.get(there);
        if (here == null && known.containsKey(there)) {
            unknown.add(kind + known.get(there));
        }
        return here == null ? there : here;
    }

    /** The users and groups, such as {@code user www-data}, that were asked for and that this host does not have. */
    public Set<String> unknown() {
        return new TreeSet<>(unknown);
    }
}
