package org.maplebridge.signaling.protocol;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Bounds of a field: characters of a text, entries of a list, or the value of a number.
///
/// Every text, list and number that a client may send has one.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Limit {
    long min() default 0;

    long max();
}
