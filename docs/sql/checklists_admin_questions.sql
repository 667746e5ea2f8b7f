-- GET /api/checklists-admin-questions/
-- Generated: npm run gen

-- staff
select (select count(*)
  from checklist_question question
  join checklist on checklist.id = question.checklist_id
  where (checklist.uuid = :checklist_uuid::uuid)
  and (checklist.checklist_type = 'project_compliance')) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(question.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/checklists-admin-questions/' || wire_uuid(question.uuid) || '/' || '"',
    ',"required":', (case when question.required then 'true' when not (question.required) then 'false' end),
    ',"description":', to_json((question.description)::text)::text,
    ',"user_guidance":', to_json((question.user_guidance)::text)::text,
    ',"question_options":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(choice.uuid) || '"',
    ',"label":', to_json((choice.label)::text)::text,
    ',"order":', (choice."order")::text,
    ',"url":', '"' || ctx.base || '/api/checklists-admin-question-options/' || wire_uuid(choice.uuid) || '/' || '"',
    ',"question":', '"' || ctx.base || '/api/checklists-admin-questions/' || wire_uuid(question.uuid) || '/' || '"',
    ',"question_uuid":', '"' || wire_uuid(question.uuid) || '"'), 2) || '}', ','
  order by choice."order", choice.id) || ']', '[]')
  from checklist_option choice
  where choice.question_id = question.id),
    ',"question_type":', '"' || (question.question_type) || '"',
    ',"order":', (question."order")::text,
    ',"min_value":', coalesce('"' || (question.min_value)::numeric(32, 4) || '"', 'null'),
    ',"max_value":', coalesce('"' || (question.max_value)::numeric(32, 4) || '"', 'null'),
    ',"allowed_file_types":', (question.allowed_file_types)::text,
    ',"allowed_mime_types":', (question.allowed_mime_types)::text,
    ',"max_file_size_mb":', coalesce((question.max_file_size_mb)::text, 'null'),
    ',"max_files_count":', coalesce((question.max_files_count)::text, 'null'),
    ',"operator":', '"' || (question.operator) || '"',
    ',"review_answer_value":', coalesce((question.review_answer_value)::text, 'null'),
    ',"always_requires_review":', (case when question.always_requires_review then 'true' when not (question.always_requires_review) then 'false' end),
    ',"guidance_operator":', '"' || (question.guidance_operator) || '"',
    ',"guidance_answer_value":', coalesce((question.guidance_answer_value)::text, 'null'),
    ',"always_show_guidance":', (case when question.always_show_guidance then 'true' when not (question.always_show_guidance) then 'false' end),
    ',"dependency_logic_operator":', '"' || (question.dependency_logic_operator) || '"',
    ',"checklist":', '"' || ctx.base || '/api/checklists-admin/' || wire_uuid(checklist.uuid) || '/' || '"',
    ',"checklist_uuid":', '"' || wire_uuid(checklist.uuid) || '"',
    ',"checklist_name":', to_json((checklist.name)::text)::text,
    ',"checklist_type":', to_json((checklist.checklist_type)::text)::text), 2) || '}', ','
  order by question."order", question.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select question.id
  from checklist_question question
  join checklist on checklist.id = question.checklist_id
  where (checklist.uuid = :checklist_uuid::uuid)
  and (checklist.checklist_type = 'project_compliance')
  order by question."order", question.id
  limit 10) sized
  limit :id::bigint) cut
  join checklist_question question on question.id = cut.id
  join checklist on checklist.id = question.checklist_id) as page;
