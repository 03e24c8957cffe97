package dev.strandline.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FilePathTest {
    @Test
    void of_slashesAndDots_areDropped() {
        assertThat(FilePath.of("//a//./b/.")).hasToString("/a/b");
        assertThat(FilePath.of("a/b/")).hasToString("a/b");
        assertThat(FilePath.of("./")).hasToString(".");
        assertThat(FilePath.of("///")).isEqualTo(FilePath.ROOT).hasToString("/");
        assertThat(FilePath.of("../a")).hasToString("../a");
        assertThat(FilePath.of(".a/..b")).hasToString(".a/..b");
    }

    @Test
    void of_emptyOrNul_isRefused() {
        assertThatThrownBy(() -> FilePath.of("")).hasMessage("the path is empty");
        assertThatThrownBy(() -> FilePath.of("a\0b")).hasMessage("the path 'a\\x00b' contains NUL");
    }

    @Test
    void toAbsolute_takesParentsBackByName() {
        var here = FilePath.of("/home/user");
        assertThat(FilePath.of("a").toAbsolute(here)).hasToString("/home/user/a");
        assertThat(FilePath.of("../b/../c").toAbsolute(here)).hasToString("/home/c");
        assertThat(FilePath.of("../../../..").toAbsolute(here)).isEqualTo(FilePath.ROOT);
        assertThat(FilePath.of("/x/../y").toAbsolute(here)).hasToString("/y");
        assertThat(FilePath.of(".").toAbsolute(here)).isEqualTo(here);
    }

    @Test
    void toAbsolute_parentOfALink_isWhereTheLinkLeads() throws IOException {
        var here = FilePath.of("/home/user");
        var links = Map.of(
                FilePath.of("/p/l"), FilePath.of("/data/deep/folder"),
                FilePath.of("/p/near"), FilePath.of("a/b"),
                FilePath.of("/p/twice"), FilePath.of("l"),
                FilePath.of("/p/up"), FilePath.of("../q/l"),
                FilePath.of("/q/l"), FilePath.of("/r/s"));
        FilePath.Links known = path -> Optional.ofNullable(links.get(path));
        assertThat(FilePath.of("/p/l/../x").toAbsolute(here, known)).hasToString("/data/deep/x");
        assertThat(FilePath.of("/p/near/../x").toAbsolute(here, known)).hasToString("/p/a/x");
        assertThat(FilePath.of("/p/twice/../x").toAbsolute(here, known)).hasToString("/data/deep/x");
        assertThat(FilePath.of("/p/up/../x").toAbsolute(here, known)).hasToString("/r/x");
        assertThat(FilePath.of("/p/l/sub/../x").toAbsolute(here, known)).hasToString("/p/l/x");
        assertThat(FilePath.of("/p/l/x").toAbsolute(here, known)).hasToString("/p/l/x");
        assertThat(FilePath.of("../new/../x").toAbsolute(here, known)).hasToString("/home/x");
        assertThat(FilePath.of("/../../x").toAbsolute(here, known)).hasToString("/x");
    }

    @Test
    void toAbsolute_linksInACircle_fails() {
        FilePath.Links circle = _ -> Optional.of(FilePath.of("l"));
        assertThatThrownBy(() -> FilePath.of("/l/..").toAbsolute(FilePath.ROOT, circle))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too many levels of symbolic links");
    }

    @Test
    void startsWith_comparesWholeComponents() {
        assertThat(FilePath.of("/a/b").startsWith(FilePath.of("/a"))).isTrue();
        assertThat(FilePath.of("/a").startsWith(FilePath.of("/a"))).isTrue();
        assertThat(FilePath.of("/a").startsWith(FilePath.ROOT)).isTrue();
        assertThat(FilePath.of("/ab").startsWith(FilePath.of("/a"))).isFalse();
        assertThat(FilePath.of("/a").startsWith(FilePath.of("/a/b"))).isFalse();
        assertThat(FilePath.of("a/b").startsWith(FilePath.of("/a"))).isFalse();
    }

    @Test
    void relativeTo_isInverseOfResolve() {
        var ancestor = FilePath.of("/a/b");
        var path = FilePath.of("/a/b/c/d");
        assertThat(path.relativeTo(ancestor)).hasToString("c/d");
        assertThat(ancestor.resolve(path.relativeTo(ancestor))).isEqualTo(path);
        assertThat(path.relativeTo(path).depth()).isZero();
        assertThatThrownBy(() -> ancestor.relativeTo(path)).hasMessage("/a/b is not below /a/b/c/d");
    }

    @Test
    void parentAndName_takeApartWhatResolvePutTogether() {
        var name = FileName.of("c");
        var parent = FilePath.of("/a/b");
        assertThat(parent.resolve(name).parent()).isEqualTo(parent);
        assertThat(parent.resolve(name).name()).isEqualTo(name);
        assertThat(FilePath.ROOT.parent()).isEqualTo(FilePath.ROOT);
        assertThat(FilePath.ROOT.resolve(name)).hasToString("/c");
        assertThatThrownBy(FilePath.ROOT::name).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void names_ofParentComponent_areRefused() {
        assertThat(FilePath.of("/a/b").names()).isEqualTo(List.of(FileName.of("a"), FileName.of("b")));
        assertThatThrownBy(() -> FilePath.of("a/../b").names()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compareTo_isByComponents() {
        assertThat(FilePath.of("/a/z")).isLessThan(FilePath.of("/a-/b"));
        assertThat(FilePath.of("/a")).isLessThan(FilePath.of("/a/b"));
        assertThat(FilePath.of("a")).isLessThan(FilePath.of("/a"));
    }

    @Property
    void of_toBytes_isTheSamePath(@ForAll("pathTexts") String text) {
        var path = FilePath.of(text);
        assertThat(FilePath.of(path.toBytes())).isEqualTo(path).hasSameHashCodeAs(path);
        assertThat(path.compareTo(FilePath.of(path.toBytes()))).isZero();
    }

    @Property
    void toAbsolute_anyPath_hasNoParentsLeft(@ForAll("pathTexts") String text) {
        var absolute = FilePath.of(text).toAbsolute(FilePath.of("/x/y"));
        assertThat(absolute.isAbsolute()).isTrue();
        assertThat(absolute.names()).hasSize(absolute.depth());
        assertThat(absolute.toAbsolute(FilePath.ROOT)).isEqualTo(absolute);
    }

    @Provide
    Arbitrary<String> pathTexts() {
        return Arbitraries.strings().withChars("ab./").ofMinLength(1).ofMaxLength(20);
    }
}
