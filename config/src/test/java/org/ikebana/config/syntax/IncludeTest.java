package org.ikebana.config.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ikebana.config.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncludeTest {
    private final Problems problems = new Problems();

    @Test
    void includesRelativeToTheIncludingFileSortedAndIntoTheSection() {
        var files = InMemoryFiles.of("/etc/x/main", "s { include d/*.conf }\ninclude \"d/a b\" # c")
                .with("/etc/x/d/2.conf", "b = 2")
                .with("/etc/x/d/1.conf", "a = 1\ninclude sub/one")
                .with("/etc/x/d/sub/one", "z = 1")
                .with("/etc/x/d/.hidden.conf", "h = 1")
                .with("/etc/x/d/3.off", "o = 1")
                .with("/etc/x/d/a b", "q = 1");
        Document document = DocumentReader.read(Path.of("/etc/x/main"), files, problems);
        assertThat(TreeText.of(document.root())).isEqualTo("q=[1] s{a=[1] z=[1] b=[2]}");
        assertThat(document.files())
                .extracting(Path::toString)
                .containsExactly(
                        "/etc/x/main", "/etc/x/d/1.conf", "/etc/x/d/sub/one", "/etc/x/d/2.conf", "/etc/x/d/a b");
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void absoluteAndEscapedNames() {
        var files = InMemoryFiles.of("/etc/main", "include /opt/*/x?y[0-9].conf\ninclude /opt/w\\ \\}\\#\\\"z")
                .with("/opt/k/x-y7.conf", "a = 1")
                .with("/opt/k/x-yz.conf", "b = 1")
                .with("/opt/w }#\"z", "c = 1");
        assertThat(TreeText.of(DocumentReader.read(Path.of("/etc/main"), files, problems)
                        .root()))
                .isEqualTo("a=[1] c=[1]");
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void missingFileIsAnErrorButNotAMissingMatch() {
        assertErrors(
                InMemoryFiles.of("main", "include none/*.conf\n  include gone.conf\na = 1"),
                "main:2:11: gone.conf cannot be read: there is no such file; check its name and its mode");
    }

    @Test
    void aMissingMatchIsWarnedOfUnlessItsDirectoryIsThereForFilesToCome() {
        var files = InMemoryFiles.of("main", "include none/*.conf\ninclude there/*.cnf\ninclude empty/*.conf")
                .with("there/a.conf", "a = 1")
                .with("empty/.keep", "");
        DocumentReader.read(Path.of("main"), files, problems);
        assertThat(problems.warnings())
                .hasToString("[main:1:9: no file matches this, so nothing is included; check the pattern,"
                        + " main:2:9: no file matches this, so nothing is included; check the pattern]");
    }

    @Test
    void missingMainFile() {
        assertErrors(
                new InMemoryFiles(), "main: main cannot be read: there is no such file; check its name and its mode");
    }

    @Test
    void circleIsFound() {
        assertErrors(
                InMemoryFiles.of("main", "include b").with("b", "x = 1\ninclude ./main"),
                "b:2:9: ./main includes itself; remove this include, or the one that leads here");
    }

    @Test
    void depthIsBounded() {
        var files = InMemoryFiles.of("main", "include 1");
        for (int i = 1; i < 20; i++) {
            files.with("" + i, "include " + (i + 1));
        }
        assertErrors(files, "10:1:9: files include each other more than 10 deep; include it further up");
    }

    @Test
    void numberOfFilesIsBounded() {
        // Each of five levels includes the next one thirty times.
        var files = InMemoryFiles.of("main", "include 1\n".repeat(30));
        for (int i = 1; i <= 5; i++) {
            files.with("" + i, ("include " + (i + 1) + "\n").repeat(30));
        }
        Document document = DocumentReader.read(Path.of("main"), files.with("6", ""), problems);
        assertThat(document.files()).hasSize(DocumentReader.MAX_FILES);
        assertThat(problems.errors()).hasSizeLessThanOrEqualTo(Problems.LIMIT + 1);
    }

    @Test
    void braceOfAnotherFileClosesNothing() {
        assertErrors(
                InMemoryFiles.of("main", "s { include b\n }").with("b", "a = 1 }"),
                "b:1:7: there is no open section that '}' could close; remove it");
    }

    @Test
    void whatIsNotUtf8IsReportedWhereItStands() {
        var files = new InMemoryFiles().with("main", new byte[] {'a', '=', '1', '\n', 'b', '=', (byte) 0xff});
        assertErrors(
                files,
                "main:2:3: this is not UTF-8; save the file as UTF-8; "
                        + "a secret of other octets can be written as 0x and hexadecimal digits");
    }

    @ParameterizedTest
    @CsvSource({
        "*.conf, a.conf, true",
        "*.conf, .conf, true",
        "*.conf, a.confx, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZd, false",
        "?, é, true",
        "?, '', false",
        "*, '', true",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[^a-c]x, ax, false",
        "[]]x, ]x, true",
        "[a, [a, true",
        "[ab-]x, -x, true",
        "*[, a[, true",
    })
    void glob(String pattern, String name, boolean matches) {
        assertThat(Glob.matches(pattern, name)).isEqualTo(matches);
    }

    @Test
    void globOfManyStarsIsFast() {
        assertThat(Glob.matches("*a".repeat(100) + "b", "a".repeat(250))).isFalse();
    }

    private void assertErrors(InMemoryFiles files, String... errors) {
        DocumentReader.read(Path.of("main"), files, problems);
        assertThat(problems.errors()).extracting(Object::toString).containsExactly(errors);
    }
}
