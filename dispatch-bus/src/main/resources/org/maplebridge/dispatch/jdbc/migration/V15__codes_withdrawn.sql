-- A code that hangs nowhere any more takes no reports. Its row stays: what came by it names it, and
-- the same code must not come to mean something else.
alter table report_code add column withdrawn_at timestamp(6) with time zone;
