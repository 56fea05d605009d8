import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A jar of classes for a JDK of twenty years ago, with the same classes for one that checks them quickly: an AOT cache
/// keeps no class that is older, so each start read, checked and linked them anew.
final class RenewedJar {

    /// The first whose classes say themselves what their check would have to find out.
    private static final int QUICKLY_CHECKED = ClassFile.JAVA_6_VERSION;

    private final JarFile jar;
    private final ClassFile classes;

    private RenewedJar(JarFile jar) {
        this.jar = jar;
        this.classes =
                ClassFile.of(
                        StackMapsOption.GENERATE_STACK_MAPS,
                        ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(this::inJar)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /// @throws IllegalStateException where one of the classes doesn't stand the check
    static byte[] of(Path old) throws IOException {
        try (var jar = new JarFile(old.toFile())) {
            return new RenewedJar(jar).renewed();
        }
    }

    private byte[] renewed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : jar.stream().toList()) {
                var same = new ZipEntry(entry.getName());
                same.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0));
                zip.putNextEntry(same);
                zip.write(renewed(entry));
            }
        }
        return bytes.toByteArray();
    }

    private byte[] renewed(JarEntry entry) throws IOException {
        byte[] content;
        try (var read = jar.getInputStream(entry)) {
            content = read.readAllBytes();
        }
        if (!entry.getName().endsWith(".class")) {
            return content;
        }
        var old = classes.parse(content);
        return old.majorVersion() < QUICKLY_CHECKED ? checked(renewed(old)) : content;
    }

    private byte[] renewed(ClassModel old) {
        ClassTransform version =
                (renewed, element) ->
                        renewed.with(
                                element instanceof ClassFileVersion
                                        ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                                        : element);
        // What isn't transformed is copied, without what the check needs.
        return classes.transformClass(
                old, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    private byte[] checked(byte[] renewed) {
        var wrong = classes.verify(renewed);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(jar.getName() + " can't be renewed", wrong.getFirst());
        }
        return renewed;
    }

    private InputStream inJar(ClassDesc type) {
        var name = type.descriptorString();
        var entry = jar.getEntry(name.substring(1, name.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
