-- What people were asked at an offering goes with their account. A function of its own: that of checklists is made by a later migration,
-- so this one names the table only when it runs.
create function drop_completions_of_accounts() returns trigger language plpgsql as $$
begin
  delete from checklist_completion where scope_type = 'offering_user' and scope_id in (select id from gone);
  return null;
end $$;
create trigger offering_user_completions after delete on offering_user referencing old table as gone
  for each statement execute function drop_completions_of_accounts();
