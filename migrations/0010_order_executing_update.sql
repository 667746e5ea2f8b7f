-- Resources that are being put on a plan take its places already (orders.md §7 row 37).
create index order_executing_update on "order" (plan_id) where state = 'executing' and type = 'Update';
