-- What a renewal asks for stands in columns, as what other orders are for does (docs/decisions/0042): its attributes only show it.
alter table "order"
  add column extension_months integer,
  add column new_end_date date,
  add constraint order_extension_check check (extension_months > 0),
  add constraint order_renewal_check check (subtype = 'renew' or (extension_months is null and new_end_date is null));
