#!/bin/sh
# What terraform runs. It keeps this process (exec), so that the provider's parent is terraform.
self=$(readlink -f "$0")
exec node "${self%/*}/provider.cjs" "$@"
