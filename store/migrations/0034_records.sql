-- What pages of customers and cases look things up by.

-- Operators' processes are found by the customer that they name.
create index variables_of_customers on variables ((value #>> '{}'))
  where name = 'customerId' and sealed is null;
-- Evidence of erasures is found by the process that saw to each.
create index erasure_requests_by_instance on erasure_requests (instance_id);
create index exports_by_instance on exports (instance_id) where instance_id is not null;
