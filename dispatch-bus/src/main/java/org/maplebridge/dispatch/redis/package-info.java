/// The only Redis: telemetry that the nodes share, through Jedis. What is found there was perhaps
/// written by another program and is believed only after it was checked.
@NullMarked
package org.maplebridge.dispatch.redis;

import org.jspecify.annotations.NullMarked;
