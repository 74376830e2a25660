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

class GrammarTest {
    private final Problems problems = new Problems();

    static Stream<Arguments> wellFormed() {
        return Stream.of(
                arguments("", ""),
                arguments("# only a comment", ""),
                arguments("a = b", "a=[b]"),
                arguments("a=b\n", "a=[b]"),
                arguments("a = b # comment", "a=[b]"),
                arguments("a =", "a=[]"),
                arguments("a = # nothing", "a=[]"),
                arguments("a = \"\"", "a=[]"),
                arguments("\ufeffa = b", "a=[b]"),
                arguments("a = b\r\nc = d\r\n", "a=[b] c=[d]"),
                arguments("  a   =   x    y\tz  ", "a=[x y z]"),
                arguments("a = x,y:z{=w", "a=[x,y:z{=w]"),
                arguments("s { a = b }", "s{a=[b]}"),
                arguments("s{}", "s{}"),
                arguments("s { }", "s{}"),
                arguments("s\n{\n}\n", "s{}"),
                arguments("s # comment\n { a=b }", "s{a=[b]}"),
                arguments("s { t { a = 1 } u { } }", "s{t{a=[1]} u{}}"),
                arguments("s { a = 1 } t { b = 2 }", "s{a=[1]} t{b=[2]}"),
                arguments("s { a = 1 }\nt{}\ns { b = 2 }", "s{a=[1] b=[2]} t{}"),
                arguments("gw1.example.com { a = 1 }", "gw1.example.com{a=[1]}"),
                arguments("%any-1_2*/@ = 1", "%any-1_2*/@=[1]"),
                arguments("é = ü", "é=[ü]"),
                arguments("a = \"b # } c\"", "a=[b # } c]"),
                arguments("a = \"one\" two \"three\"", "a=[one two three]"),
                arguments("a = x\"y\"z", "a=[x y z]"),
                arguments("a = \"\\\"q\\\" \\\\ \\n \\t \\r \\x\"", "a=[\"q\" \\ \n \t \r x]"),
                arguments("a = \"one \\\n  two\"", "a=[one   two]"),
                arguments("a = \"one \\\r\n  two\"", "a=[one   two]"),
                arguments("a = back\\slash", "a=[back\\slash]"),
                arguments("s : t { }", "s:t{}"),
                arguments("s : t, u.v { a = 1 }", "s:t:u.v{a=[1]}"),
                arguments("s:t,\n  u\n{ }", "s:t:u{}"),
                arguments("include = x", "include=[x]"),
                arguments("include { a = 1 }", "include{a=[1]}"),
                arguments("included = x", "included=[x]"));
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void readsWhatIsWellFormed(String text, String tree) {
        assertThat(TreeText.of(read(text))).isEqualTo(tree);
        assertThat(problems.errors()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    static Stream<Arguments> malformed() {
        String statement = "a key, a section or 'include' is expected here; "
                + "write 'key = value', 'name { ... }' or 'include file'";
        String neither = "neither '=' nor '{' follows this name; "
                + "write 'key = value' on one line, or 'name { ... }' for a section";
        String string = "this string does not end on its line; "
                + "close it with '\"', or end the line with '\\' to go on in the next one";
        return Stream.of(
                arguments("a", "f:1:1: " + neither, ""),
                arguments("a b = c", "f:1:1: " + neither, ""),
                arguments("a\n= b\nc = d", "f:1:1: " + neither + "\nf:2:1: " + statement, "c=[d]"),
                arguments("= b\nc = d", "f:1:1: " + statement, "c=[d]"),
                arguments("\"a\" = b\nc = d", "f:1:1: " + statement, "c=[d]"),
                arguments("\u0001\nc = d", "f:1:1: " + statement, "c=[d]"),
                arguments(
                        "a = b }\nc = d",
                        "f:1:7: there is no open section that '}' could close; remove it",
                        "a=[b] c=[d]"),
                arguments("s {\n a = b\n", "f:1:3: this section is never closed; add '}' at its end", "s{a=[b]}"),
                arguments(
                        "x { a { b = c",
                        "f:1:3: this section is never closed; add '}' at its end\n"
                                + "f:1:7: this section is never closed; add '}' at its end",
                        "x{a{b=[c]}}"),
                arguments("{ a = b }\nc = d", "f:1:1: " + statement, "c=[d]"),
                arguments("x y { a = b }\nc = d", "f:1:1: " + neither, "c=[d]"),
                arguments("a = \"b\nc = d", "f:1:5: " + string, "a=[b] c=[d]"),
                arguments("a = \"b\\", "f:1:5: " + string, "a=[b]"),
                arguments(
                        "a = 1\na = 2",
                        "f:2:1: this key stands in its section twice; keep one; the first is at f:1",
                        "a=[1]"),
                arguments(
                        "s : { }",
                        "f:1:5: the name of a section to inherit from is expected here; write 'name : template {'",
                        "s{}"),
                arguments(
                        "s : a\nb = 1",
                        "f:1:5: ',' or '{' is expected after this name; write 'name : template, template { ... }'",
                        "b=[1]"),
                arguments(
                        "s : a b { }",
                        "f:1:7: ',' or '{' is expected here; write 'name : template, template { ... }'",
                        ""),
                arguments("include\nc = d", "f:1:1: " + neither, "c=[d]"),
                arguments(
                        "include # x\nc = d",
                        "f:1:1: 'include' names no file; write 'include file' or 'include conf.d/*.conf'",
                        "c=[d]"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void reportsWhatIsMalformedAndReadsOn(String text, String errors, String tree) {
        assertThat(TreeText.of(read(text))).isEqualTo(tree);
        assertThat(problems.errors()).extracting(Object::toString).containsExactly(errors.split("\n"));
    }

    @Test
    void lastOfSeveralBlocksWinsWithAWarning() {
        assertThat(TreeText.of(read("r { s { a = 1 }\n s { a = 2 } }"))).isEqualTo("r{s{a=[2]}}");
        assertThat(problems.errors()).isEmpty();
        assertThat(problems.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "f:2:2: this section is merged with the one at f:1; rename one of them if two are meant",
                        "f:2:6: this replaces the value set at f:1; keep one of them");
    }

    @Test
    void nestingIsBounded() {
        int depth = 100_000;
        read("a {".repeat(depth) + "}".repeat(depth));
        assertThat(problems.errors())
                .extracting(Object::toString)
                .containsExactly("f:1:96: sections are nested more than 32 deep; check the braces");
    }

    @Test
    void knowsThePlaceOfEveryCharacterOfAValue() {
        Value value = read("\n s { key = one  \"t\\two\" \\\n }")
                .section("s")
                .flatMap(section -> section.setting("key"))
                .orElseThrow()
                .value();
        assertThat(value.text()).isEqualTo("one t\two \\");
        assertThat(value.placeOf(0)).hasToString("f:2").returns(12, place -> place.column());
        assertThat(value.placeOf(2).column()).isEqualTo(14);
        assertThat(value.placeOf(4).column()).isEqualTo(18);
        assertThat(value.placeOf(5).column()).isEqualTo(19);
        assertThat(value.placeOf(6).column()).isEqualTo(21);
        assertThat(value.placeOf(9).column()).isEqualTo(25);
    }

    @Test
    void countsLinesOfContinuedStrings() {
        Value value =
                read("key = \"one, \\\n  two\"").setting("key").orElseThrow().value();
        assertThat(value.text()).isEqualTo("one,   two");
        assertThat(value.placeOf(7).line()).isEqualTo(2);
        assertThat(value.placeOf(7).column()).isEqualTo(3);
    }

    @Test
    void valuesDoNotPrintThemselves() {
        Setting setting = read("secret = hunter2").setting("secret").orElseThrow();
        assertThat(setting.toString()).doesNotContain("hunter2");
        assertThat(setting.value().toString()).isEqualTo("Value at f:1");
    }

    private Section read(String text) {
        return DocumentReader.read(Path.of("f"), InMemoryFiles.of("f", text), problems)
                .root();
    }
}
