#!/bin/sh
# Prints deploy/.env for deploy/compose.yaml: .env.example with a random value where it has none.
set -eu
while IFS= read -r line; do
  case "$line" in
    AWE_ENCRYPTION_KEY=) echo "$line$(openssl rand -base64 32)" ;;
    [A-Z]*=) echo "$line$(openssl rand -hex 24)" ;;
    *) echo "$line" ;;
  esac
done < "$(dirname "$0")/../.env.example"
