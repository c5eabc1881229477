#!/usr/bin/env bash
# Takes the pictures in the README and the docs anew: starts the app, places orders, opens the dashboard's views, and writes
# docs/images/*.png. It needs what the tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

ORDER_SAGA_SCREENSHOTS=docs/images dotnet test OrderSagaFunctions.Tests --filter FullyQualifiedName~DocumentationPictures
git status --short docs/images
