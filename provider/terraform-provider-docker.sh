#!/bin/sh
# What terraform runs. It keeps this process (exec), so that the provider's parent is terraform.
self=$(readlink -f "$0")
# A small young generation: 60 containers take 84 MB instead of 100, in the same time.
exec node --max-semi-space-size=4 "${self%/*}/provider.cjs" "$@"
