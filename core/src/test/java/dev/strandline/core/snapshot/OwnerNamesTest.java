package dev.strandline.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OwnerNamesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void ofFiles_linesOfAnyKind_takesTheFirstNameOfEachNumber() {
        var names = OwnerNames.ofFiles(
                bytes(
                        "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n# x\n+::::::\nbig:x:4294967294:0::/:\n"),
                bytes("wheel:x:10:a,b\nbroken:x:ten:\n"));
        assertThat(names.users()).isEqualTo(Map.of(0, "root", -2, "big"));
        assertThat(names.groups()).isEqualTo(Map.of(10, "wheel"));
    }

    @Test
    void encode_isReadBackAndInOrder() {
        var names = new OwnerNames(Map.of(33, "www-data", 0, "root", -2, "big"), Map.of(5, ByteText.decode(new byte[] {
            'a', ' ', (byte) 0xFF
        })));
        assertThat(ByteText.decode(names.encode()))
                .startsWith("user 4294967294 big\nuser 0 root\nuser 33 www-data\ngroup 5 a ");
        assertThat(OwnerNames.decode(names.encode())).isEqualTo(names);
        assertThat(OwnerNames.decode(bytes("nonsense\nuser x y\nuser 1\n")))
                .isEqualTo(new OwnerNames(Map.of(), Map.of()));
    }
}
