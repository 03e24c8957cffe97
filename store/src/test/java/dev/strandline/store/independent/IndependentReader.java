package dev.strandline.store.independent;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Reads every file of every snapshot of a repository. Deliberately plain; fails at the first surprise. */
final class IndependentReader {
    private static final int HEADER = 40;
    private static final int TAG = 16;

    private final Path root;
    private final byte[] repositoryId;
    private final boolean encrypted;
    private final byte[] master;
    private final Map<String, byte[]> chunks = new HashMap<>();
    private int differenceCount;

    /**
     * @param keyFile text of the key file, or null
     * @param passphrase or null
     */
    IndependentReader(Path root, String keyFile, String passphrase) throws IOException, GeneralSecurityException {
        this.root = root;
        String config = Files.readString(root.resolve("config"));
        repositoryId = HexFormat.of().parseHex(text(config, "id"));
        requireChecksum(config);
        encrypted = text(config, "encryption").equals("aes-256-gcm");
        master = encrypted
                ? unwrap(keyFile, passphrase)
                : MessageDigest.getInstance("SHA-256").digest(repositoryId);
        readPacks();
    }

    /** {@code checksum} covers the other fields printed without white space. */
    private static void requireChecksum(String json) throws GeneralSecurityException {
        String compact = json.replaceAll("\\s*([{}:,])\\s*", "$1").strip();
        int at = compact.lastIndexOf(",\"checksum\"");
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest((compact.substring(0, at) + "}").getBytes(StandardCharsets.UTF_8));
        require(text(json, "checksum").equals(HexFormat.of().formatHex(digest)), "checksum of a JSON object");
    }

    private static String text(String json, String field) {
        var matcher = Pattern.compile("\"" + field + "\" : \"?([^\",\\n]*)\"?").matcher(json);
        return matcher.find() ? matcher.group(1) : "";
    }

    private byte[] unwrap(String keyFile, String passphrase) throws IOException, GeneralSecurityException {
        for (var slot : objects("keys")) {
            String json = Files.readString(slot);
            requireChecksum(json);
            boolean argon = text(json, "kdf").equals("argon2id");
            if (argon == (passphrase == null)) {
                continue;
            }
            byte[] salt = HexFormat.of().parseHex(text(json, "salt"));
            int memory = argon ? Integer.parseInt(text(json, "memory_kib")) : 0;
            int iterations = argon ? Integer.parseInt(text(json, "iterations")) : 0;
            int lanes = argon ? Integer.parseInt(text(json, "lanes")) : 0;
            byte[] slotKey = argon
                    ? argon2id(passphrase.getBytes(StandardCharsets.UTF_8), salt, memory, iterations, lanes)
                    : hkdf(
                            HexFormat.of().parseHex(keyFile.strip().substring("strandline-key-1:".length())),
                            salt,
                            "strandline v1 key file",
                            new byte[0],
                            32);
            String header = "strandline v1 key slot " + (argon ? "PASSPHRASE" : "KEY_FILE") + " " + memory + " "
                    + iterations + " " + lanes;
            byte[] wrapped = HexFormat.of().parseHex(text(json, "wrapped_key"));
            byte[] plain = openGcm(
                    slotKey, 4, 0, additional(header.getBytes(StandardCharsets.US_ASCII), salt, 4, 0, 33), wrapped);
            require(plain[32] == 1, "suite in the key slot");
            return Arrays.copyOf(plain, 32);
        }
        throw new IllegalStateException("no key slot takes this secret");
    }

    private static byte[] argon2id(byte[] passphrase, byte[] salt, int memory, int iterations, int lanes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(0x13)
                .withSalt(salt)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(lanes)
                .build());
        byte[] key = new byte[32];
        generator.generateBytes(passphrase, key);
        return key;
    }

    private static byte[] hkdf(byte[] key, byte[] salt, String purpose, byte[] context, int length)
            throws GeneralSecurityException {
        var info = new ByteArrayOutputStream();
        info.writeBytes(purpose.getBytes(StandardCharsets.US_ASCII));
        info.write(0);
        info.writeBytes(context);
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info.toByteArray(), length));
    }

    private byte[] additional(byte[] header, byte[] objectId, int kind, long number, long plainLength) {
        return ByteBuffer.allocate(header.length + 16 + objectId.length + 17)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header)
                .put(repositoryId)
                .put(objectId)
                .put((byte) kind)
                .putLong(number)
                .putLong(plainLength)
                .array();
    }

    private static byte[] openGcm(byte[] key, int kind, long number, byte[] additional, byte[] sealed)
            throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(kind)
                .putLong(number)
                .array();
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(additional);
        return cipher.doFinal(sealed);
    }

    private byte[] open(byte[] object, byte[] id, int type, int kind, long number, int from, int to)
            throws GeneralSecurityException {
        byte[] header = Arrays.copyOf(object, HEADER);
        require(Arrays.equals(Arrays.copyOf(header, 4), "STRD".getBytes(StandardCharsets.US_ASCII)), "magic");
        require(header[4] == type && header[5] == 1 && header[6] == (encrypted ? 1 : 0) && header[7] == 0, "header");
        byte[] sealed = Arrays.copyOfRange(object, from, to);
        int plainLength = sealed.length - TAG;
        byte[] additional = additional(header, id, kind, number, plainLength);
        if (encrypted) {
            byte[] key =
                    hkdf(master, Arrays.copyOfRange(header, 8, HEADER), "strandline v1 object key", repositoryId, 32);
            return openGcm(key, kind, number, additional, sealed);
        }
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(additional);
        digest.update(sealed, 0, plainLength);
        require(
                Arrays.equals(
                        Arrays.copyOf(digest.digest(), TAG), Arrays.copyOfRange(sealed, plainLength, sealed.length)),
                "checksum of a section");
        return Arrays.copyOf(sealed, plainLength);
    }

    private static byte[] payload(byte[] bytes) {
        return payload(bytes, new byte[0]);
    }

    private static byte[] payload(byte[] bytes, byte[] base) {
        var in = new In(bytes);
        int method = in.u8();
        int length = (int) in.varint();
        byte[] data = in.rest();
        if (method == 2) {
            byte[] plain = new byte[length];
            require(base.length > 0, "a base");
            require(Zstd.decompressUsingDict(plain, 0, data, 0, data.length, base) == length, "length of a difference");
            return plain;
        }
        require(base.length == 0, "a base that is not used");
        if (method == 0) {
            require(data.length == length, "length of a stored payload");
            return data;
        }
        require(method == 1, "payload method");
        byte[] plain = Zstd.decompress(data, length);
        require(plain.length == length, "length of a compressed payload");
        return plain;
    }

    private static byte[] padded(byte[] bytes) {
        var in = new In(bytes);
        byte[] payload = in.bytes((int) in.fixed(4));
        for (byte b : in.rest()) {
            require(b == 0, "padding");
        }
        return payload(payload);
    }

    private List<Path> objects(String folder) throws IOException {
        if (Files.notExists(root.resolve(folder))) {
            // An empty folder is not kept by git.
            return List.of();
        }
        try (var files = Files.walk(root.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] idOf(Path object) {
        return HexFormat.of().parseHex(object.getFileName().toString());
    }

    private void readPacks() throws IOException, GeneralSecurityException {
        byte[] chunkKey = hkdf(master, new byte[32], "strandline v1 chunk id", repositoryId, 32);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(chunkKey, "HmacSHA256"));
        var differences = new ArrayList<Frame>();
        for (var file : objects("packs")) {
            byte[] pack = Files.readAllBytes(file);
            require(pack.length % 256 == 0, "pack size");
            require(
                    file.getParent()
                            .getFileName()
                            .toString()
                            .equals(file.getFileName().toString().substring(0, 2)),
                    "shard");
            var trailer = new In(Arrays.copyOfRange(pack, pack.length - 8, pack.length));
            int footerLength = (int) trailer.fixed(4);
            require(new String(trailer.rest(), StandardCharsets.US_ASCII).equals("DRTS"), "trailer");
            int footerStart = pack.length - 8 - footerLength;
            var contents = new In(padded(open(pack, idOf(file), 1, 2, 0, footerStart, pack.length - 8)));
            int position = HEADER;
            long frames = contents.varint();
            for (long number = 0; number < frames; number++) {
                int kind = contents.u8();
                require((kind & 0xEF) == 0 || (kind & 0xEF) == 1, "frame kind");
                int sealedLength = (int) contents.varint();
                String base = (kind & 0x10) == 0 ? "" : HexFormat.of().formatHex(contents.bytes(32));
                byte[] payload = open(pack, idOf(file), 1, 1, number, position, position + sealedLength);
                position += sealedLength;
                var frame = new Frame(payload, base, new ArrayList<>(), new ArrayList<>());
                long count = contents.varint();
                for (long i = 0; i < count; i++) {
                    frame.ids.add(contents.bytes(32));
                    frame.lengths.add((int) contents.varint());
                }
                if (base.isEmpty()) {
                    take(frame, new byte[0], mac);
                } else {
                    differences.add(frame);
                }
            }
            require(position == footerStart && contents.atEnd(), "pack layout");
        }
        for (var frame : differences) {
            byte[] base = chunks.get(frame.base);
            require(base != null, "a base that stands for itself");
            differenceCount += frame.ids.size();
            take(frame, base, mac);
        }
    }

    private record Frame(byte[] payload, String base, List<byte[]> ids, List<Integer> lengths) {}

    private void take(Frame frame, byte[] base, Mac mac) {
        byte[] plain = payload(frame.payload, base);
        int offset = 0;
        for (int i = 0; i < frame.ids.size(); i++) {
            byte[] chunk = Arrays.copyOfRange(plain, offset, offset + frame.lengths.get(i));
            offset += chunk.length;
            require(Arrays.equals(mac.doFinal(chunk), frame.ids.get(i)), "chunk id");
            chunks.put(HexFormat.of().formatHex(frame.ids.get(i)), chunk);
        }
        require(offset == plain.length, "frame length");
    }

    /** How many chunks are stored as differences. */
    int differences() {
        return differenceCount;
    }

    /** How many packs the index segments list or snapshot records name. */
    int listedPacks() throws IOException, GeneralSecurityException {
        int listed = 0;
        for (var file : objects("snapshots")) {
            var fields = new In(body(file, 3));
            while (!fields.atEnd()) {
                int number = (int) fields.varint();
                var field = new In(fields.sized());
                while (number == 13 && !field.atEnd()) {
                    String name = HexFormat.of().formatHex(field.bytes(32));
                    require(
                            Files.exists(root.resolve("packs")
                                    .resolve(name.substring(0, 2))
                                    .resolve(name)),
                            "a pack");
                    listed++;
                }
            }
        }
        for (var file : objects("index")) {
            var in = new In(body(file, 2));
            long packs = in.varint();
            for (long i = 0; i < packs; i++) {
                String name = HexFormat.of().formatHex(in.bytes(32));
                var pack = root.resolve("packs").resolve(name.substring(0, 2)).resolve(name);
                require(Files.size(pack) == in.varint(), "size of a listed pack");
                skipContents(in);
                listed++;
            }
            require(in.atEnd(), "end of a segment");
        }
        return listed;
    }

    private static void skipContents(In in) {
        long frames = in.varint();
        for (long i = 0; i < frames; i++) {
            boolean based = (in.u8() & 0x10) != 0;
            in.varint();
            if (based) {
                in.bytes(32);
            }
            long count = in.varint();
            for (long j = 0; j < count; j++) {
                in.bytes(32);
                in.varint();
            }
        }
    }

    private byte[] body(Path file, int type) throws IOException, GeneralSecurityException {
        byte[] object = Files.readAllBytes(file);
        require(object.length % 64 == 0, "size of a small object");
        return padded(open(object, idOf(file), type, 3, 0, HEADER, object.length));
    }

    /** For each snapshot, by message: one line for each entry, ordered by path. */
    Map<String, List<String>> snapshots() throws IOException, GeneralSecurityException {
        var result = new HashMap<String, List<String>>();
        for (var file : objects("snapshots")) {
            var fields = new In(body(file, 3));
            String message = "";
            var lines = new ArrayList<String>();
            while (!fields.atEnd()) {
                int number = (int) fields.varint();
                var field = new In(fields.sized());
                if (number == 3) {
                    field.u8();
                    message = new String(field.sized(), StandardCharsets.UTF_8);
                } else if (number == 4) {
                    long roots = field.varint();
                    for (long i = 0; i < roots; i++) {
                        field.sized();
                        node(field, ".", lines);
                    }
                }
            }
            result.put(message, lines.stream().sorted().toList());
        }
        return result;
    }

    private void node(In in, String path, List<String> lines) throws GeneralSecurityException {
        int kind = in.u8();
        long mode = in.varint();
        long uid = in.varint();
        long gid = in.varint();
        long seconds = in.zigzag();
        long nanos = in.varint();
        boolean linked = (kind & 0x10) != 0;
        if (linked) {
            in.bytes(16);
        }
        var xattrs = new StringBuilder();
        if ((kind & 0x20) != 0) {
            long count = in.varint();
            for (long i = 0; i < count; i++) {
                xattrs.append(' ')
                        .append(new String(in.sized(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(HexFormat.of().formatHex(in.sized()));
            }
        }
        var children = new ArrayList<String>();
        String what;
        switch (kind & 7) {
            case 0 -> what = "f " + sha256(stream(in));
            case 1 -> {
                what = "d";
                directory(stream(in), path, children);
            }
            case 2 -> what = "l " + new String(in.sized(), StandardCharsets.UTF_8);
            case 3 -> what = "p";
            case 4 -> what = "s";
            default -> what = "b " + in.varint() + "," + in.varint();
        }
        lines.add(path + "|" + Long.toOctalString(mode) + "|" + uid + "|" + gid + "|" + seconds + "."
                + String.format("%09d", nanos) + "|" + (linked ? "linked" : "single") + "|" + what + xattrs);
        lines.addAll(children);
    }

    private void directory(byte[] stream, String path, List<String> lines) throws GeneralSecurityException {
        if (stream.length == 0) {
            return;
        }
        var in = new In(stream);
        require(in.u8() == 1, "tree version");
        while (!in.atEnd()) {
            var entry = new In(in.sized());
            String name = new String(entry.bytes(entry.u8()), StandardCharsets.UTF_8);
            node(entry, path + "/" + name, lines);
            require(entry.atEnd(), "end of an entry");
        }
    }

    private byte[] stream(In in) {
        int form = (int) in.varint();
        if (form == 17) {
            long size = in.varint();
            byte[] list = stream(in);
            var extents = new In(list);
            var out = new ByteArrayOutputStream();
            while (!extents.atEnd()) {
                extent(extents, out);
            }
            require(out.size() == size, "size of an indirect stream");
            return out.toByteArray();
        }
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < form; i++) {
            extent(in, out);
        }
        return out.toByteArray();
    }

    private void extent(In in, ByteArrayOutputStream out) {
        long header = in.varint();
        if ((header & 1) != 0) {
            out.writeBytes(new byte[(int) (header >> 1)]);
            return;
        }
        byte[] chunk = chunks.get(HexFormat.of().formatHex(in.bytes(32)));
        require(chunk != null && chunk.length == header >> 1, "a chunk that is there, of the right length");
        out.writeBytes(chunk);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("not as docs/format.md says: " + what);
        }
    }

    /** The primitives of the format. */
    private static final class In {
        private final byte[] bytes;
        private int position;

        In(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean atEnd() {
            return position == bytes.length;
        }

        int u8() {
            return bytes[position++] & 0xFF;
        }

        long fixed(int count) {
            long value = 0;
            for (int i = 0; i < count; i++) {
                value |= (long) u8() << (8 * i);
            }
            return value;
        }

        long varint() {
            var value = BigInteger.ZERO;
            for (int shift = 0; ; shift += 7) {
                int next = u8();
                value = value.or(BigInteger.valueOf(next & 0x7F).shiftLeft(shift));
                if (next < 0x80) {
                    return value.longValue();
                }
            }
        }

        long zigzag() {
            long value = varint();
            return (value >>> 1) ^ -(value & 1);
        }

        byte[] bytes(int count) {
            position += count;
            return Arrays.copyOfRange(bytes, position - count, position);
        }

        byte[] sized() {
            return bytes((int) varint());
        }

        byte[] rest() {
            return bytes(bytes.length - position);
        }
    }
}
