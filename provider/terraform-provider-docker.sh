#!/bin/sh
# What terraform runs. It keeps this process (exec), so that the provider's parent is terraform.
self=$(readlink -f "$0")
# Without flags of V8: one makes node leave its own compiled code aside, which costs 24 ms at each start.
exec node "${self%/*}/provider.cjs" "$@"
