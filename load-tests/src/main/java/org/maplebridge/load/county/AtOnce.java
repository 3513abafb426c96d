package org.maplebridge.load.county;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Does the same for many, so many at once, each on a virtual thread of its own.
final class AtOnce {
    private AtOnce() {}

    @FunctionalInterface
    interface Work<T, R> {
        R of(T one) throws IOException;
    }

    /// @return what came of each, in order
    /// @throws IOException as soon as one failed
    static <T, R> List<R> each(List<T> all, int atOnce, Work<T, R> work) throws IOException {
        var gate = new Semaphore(atOnce);
        var results = new ArrayList<R>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<R>>();
            for (T one : all) {
                Callable<R> task =
                        () -> {
                            gate.acquire();
                            try {
                                return work.of(one);
                            } finally {
                                gate.release();
                            }
                        };
                futures.add(threads.submit(task));
            }
            for (Future<R> future : futures) {
                results.add(future.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return results;
    }
}
