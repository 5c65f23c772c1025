#!/bin/sh
# Has a station inspect images, one line of JSON each:
#   UNIASS_TOKEN=... ./inspect.sh http://127.0.0.1:8080/uniass line3 part.png ...
# A full station answers 429 and says when to come again; curl waits as long.
set -eu
base=$1
station=$2
shift 2
for image; do
  # The token goes by standard input, because others see the words of a command.
  printf '%s\n' "${UNIASS_TOKEN:+header = \"Authorization: Bearer $UNIASS_TOKEN\"}" |
    curl --config - --silent --show-error --fail-with-body --retry 5 \
      --header 'Content-Type: application/octet-stream' --data-binary "@$image" \
      "$base/api/v1/stations/$station/inspect"
done
