package org.ikebana.config.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InheritanceTest {
    private final Problems problems = new Problems();

    static Stream<Arguments> inherited() {
        return Stream.of(
                arguments("t { a = 1 } s : t { }", "a=[1]"),
                arguments("s : t { } t { a = 1 }", "a=[1]"),
                arguments("t { a = 1\n b = 2 } s : t { a = 3 }", "a=[3] b=[2]"),
                arguments("t { a = 1 } s : t { a = }", "a=[]"),
                arguments("t { a = 1 } u { a = 2\n b = 2 } s : t, u { }", "a=[1] b=[2]"),
                arguments("r { a = 1\n c = 1 } t : r { a = 2 } s : t { }", "a=[2] c=[1]"),
                arguments("t { x { a = 1 } } s : t { x { b = 2 } y { } }", "x{b=[2] a=[1]} y{}"),
                arguments("t { x { a = 1 } } s : t { x { a = 2 } }", "x{a=[2]}"),
                arguments("t { x { a = 1 } z { } } s : t { y { } }", "y{} x{a=[1]} z{}"),
                arguments("d { a = 1 } t { x : d { b = 1 } } s : t { x { } }", "x{b=[1] a=[1]}"),
                arguments("q { t { a = 1 } } s : q.t { }", "a=[1]"),
                arguments("q.r { t.u { a = 1 } } s : q.r.t.u { }", "a=[1]"),
                arguments("t { a = 1 } s : t { } s : u { b = 1 } u { c = 1 }", "b=[1] a=[1] c=[1]"),
                arguments("r { a = 1 } t : r { } u : r { a = 2 } s : t, u { }", "a=[1]"));
    }

    @ParameterizedTest
    @MethodSource("inherited")
    void inherits(String text, String expected) {
        assertThat(TreeText.of(inheritance(text).root().section("s").orElseThrow()))
                .isEqualTo(expected);
        assertThat(problems.errors()).isEmpty();
    }

    static Stream<Arguments> wrong() {
        String circle = "a section cannot inherit from itself or from one around it; "
                + "remove this reference, or the one that leads back";
        return Stream.of(
                arguments(
                        "s : tmeplate { }\ntemplate { }",
                        "f:1:5: there is no section 'tmeplate'; did you mean 'template'?"),
                arguments(
                        "s : net { }\nq { net { } }",
                        "f:1:5: there is no section 'net'; give its whole path from the root, like 'connections.name'"),
                arguments("s : s { }", "f:1:5: " + circle),
                arguments("a : b { }\nb : c { }\nc : a { }\ns { }", "f:3:5: " + circle),
                arguments("s { t { u : s.t { } } }", "f:1:13: " + circle));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void reportsReferencesThatLeadNowhere(String text, String error) {
        View section = inheritance(text).root().section("s").orElseThrow();
        assertThat(TreeText.of(section)).isNotNull();
        assertThat(problems.errors()).extracting(Object::toString).containsExactly(error);
    }

    @Test
    void unsetValueIsNotThere() {
        View view = inheritance("t { a = 1 } s : t { a = }").root().section("s").orElseThrow();
        assertThat(view.setting("a")).isEmpty();
    }

    @Test
    void longChainsDoNotExhaustTheStack() {
        var text = new StringBuilder("s0 { a = 1 }\n");
        for (int i = 1; i < 5000; i++) {
            text.append("s%d : s%d { }\n".formatted(i, i - 1));
        }
        View last = inheritance(text.toString()).root().section("s4999").orElseThrow();
        assertThat(TreeText.of(last)).isEqualTo("a=[1]");
    }

    @Test
    void doublingTemplatesDoNotGrow() {
        var text = new StringBuilder("s0 { a = 1 }\nt0 { a = 1 }\n");
        for (int i = 1; i < 60; i++) {
            text.append("s%d : s%d, t%d { }\nt%d : s%d, t%d { }\n".formatted(i, i - 1, i - 1, i, i - 1, i - 1));
        }
        View last = inheritance(text.toString()).root().section("s59").orElseThrow();
        assertThat(TreeText.of(last)).isEqualTo("a=[1]");
    }

    private Inheritance inheritance(String text) {
        Document document = DocumentReader.read(Path.of("f"), InMemoryFiles.of("f", text), problems);
        return new Inheritance(document.root(), problems);
    }
}
