-- The id of a workflow holds the key of its customer: whoever meets a claim finds the workflow by it. Null: not known.
alter table starts add column customer_key_id text;
