package org.maplebridge.signaling.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.Limit;

/// How one record looks as a JSON object: its fields in order, what each may hold, which may be
/// absent. Read once per class by reflection.
final class WireShape {
    private static final ClassValue<WireShape> SHAPES =
            new ClassValue<>() {
                @Override
                protected WireShape computeValue(Class<?> type) {
                    return new WireShape(type);
                }
            };

    /// @param element what a list holds; the type itself otherwise
    record Field(
            String name,
            Class<?> type,
            Class<?> element,
            boolean optional,
            @Nullable Limit limit,
            MethodHandle getter) {}

    private final List<Field> fields;
    private final MethodHandle constructor;

    private WireShape(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type + " goes over the wire but is no record");
        }
        var lookup = MethodHandles.lookup();
        var components = type.getRecordComponents();
        try {
            var types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            constructor =
                    lookup.findConstructor(type, MethodType.methodType(void.class, types))
                            .asSpreader(Object[].class, types.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
            fields = Arrays.stream(components).map(component -> field(lookup, component)).toList();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " cannot be read", e);
        }
    }

    static WireShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    List<Field> fields() {
        return fields;
    }

    Object construct(@Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Throwable e) {
            throw new IllegalStateException("a message record refused its own fields", e);
        }
    }

    static @Nullable Object get(Field field, Object owner) {
        try {
            return (Object) field.getter().invokeExact(owner);
        } catch (Throwable e) {
            throw new IllegalStateException("a message record hides its fields", e);
        }
    }

    private static Field field(MethodHandles.Lookup lookup, RecordComponent component) {
        try {
            var getter =
                    lookup.unreflect(component.getAccessor())
                            .asType(MethodType.methodType(Object.class, Object.class));
            Class<?> element =
                    component.getGenericType() instanceof ParameterizedType parameterized
                                    && component.getType() == List.class
                            ? (Class<?>) parameterized.getActualTypeArguments()[0]
                            : component.getType();
            return new Field(
                    component.getName(),
                    component.getType(),
                    element,
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    component.getAnnotation(Limit.class),
                    getter);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(component + " cannot be read", e);
        }
    }
}
