#!/bin/sh
# Makes the namespace, with closed runs kept for 30 days, and its search attributes; again is harmless.
set -eu
namespace=jornada
until temporal operator cluster health; do sleep 2; done
temporal operator namespace describe -n $namespace ||
  temporal operator namespace create -n $namespace --retention 720h
for name in customerKeyId definitionKey definitionVersion instanceState rootInstanceId; do
  temporal operator search-attribute create -n $namespace --name $name --type Keyword ||
    temporal operator search-attribute list -n $namespace | grep -q "$name"
done
