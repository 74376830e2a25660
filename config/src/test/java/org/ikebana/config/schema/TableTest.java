package org.ikebana.config.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.syntax.DocumentReader;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.config.syntax.Inheritance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goes over all sections and keys there are. */
class TableTest {
    record Row(SectionType root, SectionType section, Key<?> key) {
        @Override
        public String toString() {
            return root.meaning() + " " + section.path() + " " + key.name();
        }
    }

    static Stream<Row> rows() {
        return Stream.of(SwanctlTable.ROOT, IkebanaTable.ROOT)
                .flatMap(root -> root.walk()
                        .flatMap(section -> section.keys().stream().map(key -> new Row(root, section, key))));
    }

    @Test
    void isWhole() {
        assertThat(rows()).hasSizeGreaterThan(140);
        assertThat(SwanctlTable.ROOT.walk().map(SectionType::path)).doesNotHaveDuplicates();
        SwanctlTable.ROOT
                .walk()
                .forEach(section ->
                        assertThat(section.keys()).extracting(Key::name).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ConnectionKeys.class,
                AuthKeys.class,
                ChildKeys.class,
                SecretKeys.class,
                TokenKeys.class,
                IkebanaTable.class
            })
    void holdsEveryKeyThatIsRead(Class<?> keys) throws IllegalAccessException {
        List<Key<?>> inTable = new ArrayList<>();
        rows().forEach(row -> inTable.add(row.key));
        for (Field field : keys.getFields()) {
            if (field.getType() == Key.class) {
                assertThat(inTable).contains((Key<?>) field.get(null));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyKeyIsDocumentedAndItsDefaultIsOfItsType(Row row) {
        assertThat(row.key.meaning()).isNotBlank();
        assertThat(row.key.reason().isEmpty()).isEqualTo(row.key.support() == Support.SUPPORTED);
        if (row.key.preset().isPresent()) {
            assertThatCode(row.key::defaultValue).doesNotThrowAnyException();
            assertThat(row.key.presetWords()).isEqualTo(row.key.preset().get().text());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyKeyIsTakenAsTheTableSays(Row row) {
        Problems problems = check(row, Samples.of(row.key));
        Support support = row.section.support() == Support.SUPPORTED ? row.key.support() : row.section.support();
        boolean isDefault = row.key.isDefault(Samples.of(row.key));
        assertThat(problems.errors()).hasSize(support == Support.REFUSED && !isDefault ? 1 : 0);
        assertThat(problems.warnings())
                .hasSize(support == Support.SUPPORTED || support == Support.REFUSED || isDefault ? 0 : 1);
        assertThat(Stream.concat(problems.errors().stream(), problems.warnings().stream())
                        .map(Problem::suggestion))
                .allMatch(remedy -> remedy.isPresent() && !remedy.get().isBlank());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void defaultsAndEmptyValuesAreSilent(Row row) {
        if (row.section.support() == Support.SUPPORTED) {
            assertSilent(check(row, ""));
            row.key.preset().ifPresent(preset -> assertSilent(check(row, preset.text())));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void wrongValuesAreErrorsAtTheirPlace(Row row) {
        boolean takesAnyText = List.of("text", "identity", "text|0x...|0s...")
                .contains(row.key.type().form());
        if (row.key.support() == Support.SUPPORTED && row.section.support() == Support.SUPPORTED && !takesAnyText) {
            assertThat(check(row, "!?").errors())
                    .singleElement()
                    .matches(problem -> problem.place().line() == 2)
                    .matches(problem -> problem.place().column()
                            == 4 + Samples.name(row.key).length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"swanctl.conf", "ikebana.conf"})
    void referenceIsUpToDate(String file) throws Exception {
        SectionType root = file.equals("swanctl.conf") ? SwanctlTable.ROOT : IkebanaTable.ROOT;
        Path published = Path.of("reference", file + ".md");
        Path generated = Path.of("target", "reference", file + ".md");
        Files.createDirectories(generated.getParent());
        Files.writeString(generated, Reference.of(root));
        assertThat(published)
                .as("the reference; after a change of the table copy config/%s to config/%s", generated, published)
                .hasSameTextualContentAs(generated);
    }

    private static void assertSilent(Problems problems) {
        assertThat(problems.errors()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    /** The key stands at the beginning of line 2. */
    private static Problems check(Row row, String value) {
        String path =
                row.section.path().replace("<suffix>", "").replace("<", "").replace(">", "");
        String[] sections = path.isEmpty() ? new String[0] : path.split("\\.");
        var text = new StringBuilder();
        for (String section : sections) {
            text.append(section).append(" { ");
        }
        text.append('\n')
                .append(Samples.name(row.key))
                .append(" = ")
                .append(value)
                .append('\n');
        text.append("}".repeat(sections.length));
        var problems = new Problems();
        var files = InMemoryFiles.of("f", text.toString());
        var document = DocumentReader.read(Path.of("f"), files, problems);
        new SchemaCheck(row.root, problems).check(new Inheritance(document.root(), problems).root());
        return problems;
    }
}
