-- GET /api/checklists-admin-question-options/
-- Generated: npm run gen

-- staff
select (select count(*)
  from checklist_option choice
  join checklist_question question on question.id = choice.question_id
  where (question.uuid = :question_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(choice.uuid) || '"',
    ',"label":', to_json((choice.label)::text)::text,
    ',"order":', (choice."order")::text,
    ',"url":', '"' || ctx.base || '/api/checklists-admin-question-options/' || wire_uuid(choice.uuid) || '/' || '"',
    ',"question":', '"' || ctx.base || '/api/checklists-admin-questions/' || wire_uuid(question.uuid) || '/' || '"',
    ',"question_uuid":', '"' || wire_uuid(question.uuid) || '"'), 2) || '}', ','
  order by choice."order", choice.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select choice.id
  from checklist_option choice
  join checklist_question question on question.id = choice.question_id
  where (question.uuid = :question_uuid::uuid)
  order by choice."order", choice.id
  limit 10) sized
  limit :id::bigint) cut
  join checklist_option choice on choice.id = cut.id
  join checklist_question question on question.id = choice.question_id) as page;
