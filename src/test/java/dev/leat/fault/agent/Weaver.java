package dev.leat.fault.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts a call of [Faults#reached] at the entry or before each normal return of the named methods.
final class Weaver implements ClassFileTransformer {

    private static final ClassDesc FAULTS = ClassDesc.of("dev.leat.fault.agent.Faults");
    private static final MethodTypeDesc REACHED =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private final Map<String, List<Point>> points = new HashMap<>();
    private final Consumer<String> woven;

    /// @param lines `<name> <class> <method> <count of parameters> <ENTRY or RETURN>` each
    /// @param woven hears each name that was found, or what went wrong
    Weaver(List<String> lines, Consumer<String> woven) {
        this.woven = woven;
        for (var line : lines) {
            var parts = line.split(" ");
            points.computeIfAbsent(parts[1].replace('.', '/'), _ -> new ArrayList<>())
                    .add(
                            new Point(
                                    parts[0],
                                    parts[2],
                                    Integer.parseInt(parts[3]),
                                    parts[4].equals("ENTRY")));
        }
    }

    private record Point(String name, String method, int parameters, boolean atEntry) {}

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        var wanted = points.get(className);
        if (wanted == null) {
            return null;
        }
        try {
            return woven(bytes, wanted, loader);
        } catch (RuntimeException | LinkageError failure) {
            // Thrown from here it would be dropped without a word.
            woven.accept("can't be woven: " + className + " " + failure);
            return null;
        }
    }

    private byte[] woven(byte[] bytes, List<Point> wanted, @Nullable ClassLoader loader) {
        var known = ClassHierarchyResolver.defaultResolver();
        var hierarchy =
                loader == null
                        ? known
                        : ClassHierarchyResolver.ofResourceParsing(loader).orElse(known);
        var classFile = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy));
        var result = bytes;
        for (var point : wanted) {
            var model = classFile.parse(result);
            result =
                    classFile.transformClass(
                            model,
                            ClassTransform.transformingMethodBodies(
                                    method ->
                                            method.methodName().equalsString(point.method)
                                                    && method.methodTypeSymbol().parameterCount()
                                                            == point.parameters,
                                    new Call(point)));
            woven.accept(point.name);
        }
        return result;
    }

    private record Call(Point point) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder builder) {
            if (point.atEntry) {
                call(builder);
            }
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (!point.atEntry && element instanceof ReturnInstruction) {
                call(builder);
            }
            builder.with(element);
        }

        private void call(CodeBuilder builder) {
            builder.ldc(point.name).invokestatic(FAULTS, "reached", REACHED);
        }
    }
}
