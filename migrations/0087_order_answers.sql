-- What was answered to the offering's form, as values: numbers as numbers, and the form's defaults where nothing was sent. The
-- attributes keep what was sent, which is what clients are shown.
alter table "order" add column answers jsonb not null default '{}';
