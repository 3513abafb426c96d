/// Benchmarks: named scenarios, each with a server in a process of its own, and their reports.
@NullMarked
package org.maplebridge.load.bench;

import org.jspecify.annotations.NullMarked;
