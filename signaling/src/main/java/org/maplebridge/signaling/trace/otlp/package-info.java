/// Spans on their way to a collector, by OTLP over HTTP: the only home of OpenTelemetry.
@NullMarked
package org.maplebridge.signaling.trace.otlp;

import org.jspecify.annotations.NullMarked;
