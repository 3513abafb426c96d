package org.maplebridge.load.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Files that fit in the head, folders that fit on a screen, names that say something.
class SizesAndNamesTest {
    private static final int MOST_LINES = 500;
    private static final int MOST_FILES_IN_A_FOLDER = 25;
    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager|Impl)$");

    private static final Pattern GENERATED = Pattern.compile("(?i)generated|do not edit");

    @Test
    void noFileIsLongerThanFiveHundredLines() {
        var tooLong = new TreeMap<String, Integer>();
        for (Path file : Code.files(".java", ".ts", ".vue", ".css", ".py", ".sql")) {
            List<String> lines = Code.lines(file);
            boolean written = lines.stream().limit(3).noneMatch(GENERATED.asPredicate());
            if (written && lines.size() > MOST_LINES) {
                tooLong.put(Code.name(file), lines.size());
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noFolderHoldsMoreSourceFilesThanOneReads() {
        Map<Path, Long> folders =
                Code.files(".java", ".ts", ".vue").stream()
                        .filter(file -> !file.endsWith("package-info.java"))
                        .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        folders.values().removeIf(count -> count <= MOST_FILES_IN_A_FOLDER);
        assertThat(folders).isEmpty();
    }

    @Test
    void noClassHidesBehindAnEmptyWord() {
        var empty = new TreeSet<String>();
        for (JavaClass type : Code.CLASSES) {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                empty.add(type.getName());
            }
        }
        assertThat(empty).isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesThereAndIsNullMarked() {
        var unmarked = new TreeSet<String>();
        for (JavaClass type : Code.CLASSES) {
            JavaPackage home = type.getPackage();
            if (!home.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(home.getName());
            }
        }
        for (Path file : Code.files("package-info.java")) {
            if (Code.lines(file).stream().noneMatch(line -> line.startsWith("/// "))) {
                unmarked.add(Code.name(file) + " says nothing");
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void everyClassWithChangingFieldsSaysWhichThreadOwnsIt() {
        var silent = new TreeSet<String>();
        for (JavaClass type : Code.CLASSES) {
            if (type.getFields().stream().noneMatch(SizesAndNamesTest::changes)) {
                continue;
            }
            type.getSource()
                    .flatMap(source -> source.getFileName())
                    .map(name -> sourceOf(type, name))
                    .filter(file -> Code.lines(file).stream().noneMatch(l -> l.contains("Thread:")))
                    .ifPresent(file -> silent.add(Code.name(file)));
        }
        assertThat(silent).isEmpty();
    }

    private static boolean changes(JavaField field) {
        boolean fixed = field.getModifiers().contains(JavaModifier.FINAL);
        boolean synthetic = field.getModifiers().contains(JavaModifier.SYNTHETIC);
        return !fixed && !synthetic;
    }

    private static Path sourceOf(JavaClass type, String fileName) {
        String inside = type.getPackageName().replace('.', '/') + "/" + fileName;
        return Code.files(fileName).stream()
                .filter(file -> Code.name(file).endsWith("src/main/java/" + inside))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no source file of " + type.getName()));
    }
}
