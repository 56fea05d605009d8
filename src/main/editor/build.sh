#!/bin/sh
# Makes assets/codemirror.js, its licences and vendor.lock anew. Only who changes a version runs it:
# what it makes is committed, and VendoredTest holds it against vendor.lock.
set -eu
cd "$(dirname "$0")"
assets=../resources/META-INF/resources/assets
npm ci --ignore-scripts --no-audit --no-fund
node_modules/.bin/esbuild codemirror.js --bundle --minify --format=esm --target=es2022 \
  --legal-comments=none --charset=utf8 --outfile="$assets/codemirror.js"
node lock.mjs "$assets"
rm -rf node_modules
