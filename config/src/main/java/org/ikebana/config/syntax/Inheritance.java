package org.ikebana.config.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.config.problem.Nearest;
import org.ikebana.config.problem.Problems;

/** Which sections inherit from which, with the references of the whole tree looked up and checked. */
public final class Inheritance {
    private final Section root;
    private final Problems problems;
    private final Map<Section, Map<Section, Reference>> parents = new LinkedHashMap<>();
    private final List<String> paths = new ArrayList<>();
    private final Set<Section> referenced = new HashSet<>();

    public Inheritance(Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
        lookUp(root, new ArrayList<>());
        reportCircles();
    }

    public View root() {
        return view(List.of(root));
    }

    /** Whether another section inherits from this one. */
    public boolean isTemplate(Section section) {
        return referenced.contains(section);
    }

    /** These sections, each followed by what it inherits from; the first that has a setting wins. */
    View view(List<Section> sections) {
        Set<Section> layers = new LinkedHashSet<>();
        sections.forEach(section -> addLayers(section, layers));
        return new View(List.copyOf(layers), this);
    }

    /** A section met twice is not followed again, so a circle, which is an error, ends here too. */
    private void addLayers(Section section, Set<Section> layers) {
        Deque<Section> pending = new ArrayDeque<>(List.of(section));
        while (!pending.isEmpty()) {
            Section layer = pending.pop();
            if (layers.add(layer)) {
                List.copyOf(parents.getOrDefault(layer, Map.of()).keySet())
                        .reversed()
                        .forEach(pending::push);
            }
        }
    }

    private void lookUp(Section section, List<Section> path) {
        path.add(section);
        for (Reference reference : section.references()) {
            Optional<Section> target = find(root, reference.path());
            if (target.isEmpty()) {
                unknown(reference);
            } else if (path.contains(target.get())) {
                circle(reference);
            } else {
                parents.computeIfAbsent(section, any -> new LinkedHashMap<>()).putIfAbsent(target.get(), reference);
                referenced.add(target.get());
            }
        }
        section.sections().forEach(child -> lookUp(child, path));
        path.removeLast();
    }

    /** A circle shows where it closes: at a reference to a section whose own references are being followed. */
    private void reportCircles() {
        Set<Section> following = new HashSet<>();
        Set<Section> done = new HashSet<>();
        Deque<Section> stack = new ArrayDeque<>(parents.keySet());
        while (!stack.isEmpty()) {
            Section section = stack.element();
            if (done.contains(section) || !following.add(section)) {
                following.remove(section);
                done.add(stack.pop());
                continue;
            }
            parents.getOrDefault(section, Map.of()).forEach((target, reference) -> {
                if (following.contains(target)) {
                    circle(reference);
                } else if (!done.contains(target)) {
                    stack.push(target);
                }
            });
        }
    }

    private void circle(Reference reference) {
        problems.error(
                reference.place(),
                "a section cannot inherit from itself or from one around it",
                "remove this reference, or the one that leads back");
    }

    /** A name may hold dots itself, so every section that the path could begin with is tried. */
    private static Optional<Section> find(Section from, String path) {
        Optional<Section> whole = from.section(path);
        if (whole.isPresent()) {
            return whole;
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String rest = path.substring(dot + 1);
            Optional<Section> found = from.section(path.substring(0, dot)).flatMap(section -> find(section, rest));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void unknown(Reference reference) {
        String remedy = Nearest.to(reference.path(), paths())
                .map(near -> "did you mean '" + near + "'?")
                .orElse("give its whole path from the root, like 'connections.name'");
        problems.error(reference.place(), "there is no section '" + reference.path() + "'", remedy);
    }

    /** Of all sections, listed when the first unknown one is met. */
    private List<String> paths() {
        if (paths.isEmpty()) {
            collect(root, "", paths);
        }
        return paths;
    }

    private static void collect(Section section, String prefix, List<String> paths) {
        for (Section child : section.sections()) {
            paths.add(prefix + child.name());
            collect(child, prefix + child.name() + ".", paths);
        }
    }
}
