-- What changed while nodes were apart is looked for by when it was received.
create index order_report_received on order_report (received_at);
