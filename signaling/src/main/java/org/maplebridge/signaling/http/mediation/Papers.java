package org.maplebridge.signaling.http.mediation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.mediation.MediationStore.Document;
import org.maplebridge.signaling.http.ApiProblem;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// The paper of a mediation that is over, as it was signed.
final class Papers {
    private Papers() {}

    static ResponseEntity<byte[]> of(MediationStore store, Mediation mediation)
            throws RecordUnavailable {
        Mediation.@Nullable End end = mediation.end();
        Optional<Document> document = end == null ? Optional.empty() : store.document(end.code());
        return document.map(Papers::answer).orElseThrow(() -> ApiProblem.notVisible("document"));
    }

    private static ResponseEntity<byte[]> answer(Document document) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.code() + ".pdf")
                                .build()
                                .toString())
                .body(document.file());
    }
}
