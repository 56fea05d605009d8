package dev.leat.fault;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Puts a call at a failpoint: at the entry or before each normal return of its method.
final class Weaver {

    private static final ClassDesc FAULTS = ClassDesc.of("dev.leat.fault.inside.Faults");
    private static final MethodTypeDesc REACHED =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private static final ClassFile CLASS_FILE =
            ClassFile.of(
                    ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(Weaver.class.getClassLoader())
                                    .orElse(ClassHierarchyResolver.defaultResolver())));

    private Weaver() {}

    /// @param type the class of the failpoint
    static byte[] woven(byte[] type, Failpoint point) {
        return CLASS_FILE.transformClass(
                CLASS_FILE.parse(type),
                ClassTransform.transformingMethodBodies(
                        method -> isAt(point, method), new Call(point)));
    }

    private static boolean isAt(Failpoint point, MethodModel method) {
        return method.methodName().equalsString(point.method())
                && method.methodTypeSymbol().parameterCount() == point.parameters();
    }

    private record Call(Failpoint point) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder builder) {
            if (point.where() == Failpoint.Where.ENTRY) {
                call(builder);
            }
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (point.where() == Failpoint.Where.RETURN && element instanceof ReturnInstruction) {
                call(builder);
            }
            builder.with(element);
        }

        private void call(CodeBuilder builder) {
            builder.ldc(point.name()).invokestatic(FAULTS, "reached", REACHED);
        }
    }
}
