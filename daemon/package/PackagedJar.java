import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes a jar ready for the package: {@code java PackagedJar.java IN OUT}. What an AOT cache would refuse is changed:
 * signatures are left out (the package has checksums of its own), so are native libraries for all kinds of machines (the one that is
 * of use lies beside the jars), and classes of a format before Java 7's get the stack maps
 * that newer ones have. What a start would read in vain is left out as well: what is for other releases of Java than the one that
 * runs this, and what the manifest says to others than Java. Nothing is compressed, as the package is. Entries are in order and bear
 * the date of SOURCE_DATE_EPOCH: of the same jar comes the same jar.
 */
final class PackagedJar {
    private static final int WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

    private final JarFile jar;
    private final LocalDateTime date;
    private final ClassFile classFile;

    private PackagedJar(JarFile jar, LocalDateTime date) {
        this.jar = jar;
        this.date = date;
        ClassHierarchyResolver inJar = ClassHierarchyResolver.ofResourceParsing(this::open).cached();
        this.classFile = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.ClassHierarchyResolverOption.of(inJar.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String[] arguments) throws IOException {
        String epoch = System.getenv("SOURCE_DATE_EPOCH");
        if (arguments.length != 2 || epoch == null) {
            throw new IllegalArgumentException("usage: SOURCE_DATE_EPOCH=SECONDS java PackagedJar.java IN OUT");
        }
        LocalDateTime date = LocalDateTime.ofInstant(Instant.ofEpochSecond(Long.parseLong(epoch)), ZoneOffset.UTC);
        try (JarFile in = new JarFile(Path.of(arguments[0]).toFile(), false, ZipFile.OPEN_READ, Runtime.version());
                OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
            new PackagedJar(in, date).write(new ZipOutputStream(out));
        }
    }

    private void write(ZipOutputStream out) throws IOException {
        store(out, JarFile.MANIFEST_NAME, manifest());
        List<JarEntry> entries = jar.versionedStream()
                .filter(entry -> !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
                .filter(entry -> !entry.getName().matches("META-INF/([^/]*\\.(SF|RSA|DSA|EC)|native/.*)"))
                .sorted(Comparator.comparing(JarEntry::getName))
                .toList();
        for (JarEntry entry : entries) {
            byte[] content = read(entry);
            store(out, entry.getName(), entry.getName().endsWith(".class") ? modern(content) : content);
        }
        out.finish();
    }

    /** Without the digests of single entries. */
    private byte[] manifest() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (jar.getManifest() != null) {
            jar.getManifest().getMainAttributes().forEach((name, value) -> {
                if (name.toString().startsWith("Implementation-")) {
                    manifest.getMainAttributes().put(name, value);
                }
            });
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manifest.write(out);
        return out.toByteArray();
    }

    private byte[] modern(byte[] content) {
        ClassModel model = classFile.parse(content);
        if (model.majorVersion() >= WITH_STACK_MAPS) {
            return content;
        }
        return classFile.transformClass(
                model,
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                        .andThen(ClassTransform.endHandler(builder -> builder.withVersion(WITH_STACK_MAPS, 0))));
    }

    private void store(ZipOutputStream out, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(date);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private byte[] read(JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** For the class file API, which closes it; null where the jar has no such class. */
    private InputStream open(ClassDesc type) {
        String descriptor = type.descriptorString();
        JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
