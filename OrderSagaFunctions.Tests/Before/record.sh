#!/usr/bin/env bash
# Makes the data folder that the tests in this folder open: every road of the order saga, ended and under way, written by
# one build of the app. before.zip was made so by the last build whose host had a replay of its own.
#
#   record.sh PROGRAM ZIP     PROGRAM: that build's OrderSagaFunctions.dll; ZIP: where the two files go
#
# It needs bash, curl, jq, sqlite3 and zip. A build that has another road is recorded anew beside this one, not in its place:
# what was recorded once has to open for good.
set -euo pipefail

program=$1
zip=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
host=""
trap '[ -z "$host" ] || kill -9 "$host"; rm -rf "$work"' EXIT

# Starts the app on the data folder, with settings over those of the demo.
start() {
  : >"$work/log"
  env "$@" dotnet "$program" --demo --port 0 --data "$work/data" >"$work/log" 2>&1 &
  host=$!
  until api=$(grep -o -m1 'http://localhost:[0-9]*' "$work/log"); do
    kill -0 "$host" || { cat "$work/log" >&2; exit 1; }
    sleep 0.2
  done
}

stop() {
  kill "$host"
  wait "$host" || true
  host=""
}

post() { curl -sS --fail-with-body -X POST -H 'Content-Type: application/json' "$api$1" -d "${2:-}" >/dev/null; }

instance() { post "/runtime/webhooks/durabletask/instances/$1/$2" "${3:-}"; }

# Waits until what is at a path is as jq says.
until_is() {
  until curl -sS --fail-with-body -H 'Prefer: wait=1' "$api$1" | jq -e "$2" >/dev/null; do :; done
}

until_order() { until_is "/api/orders/$1" "$2"; }
ended() { until_order "$1" '.saga.runtimeStatus | IN("Completed", "Failed", "Terminated")'; }
in_review() { until_order "$1" '.saga.runtimeStatus == "Running" and .review.status == "Waiting"'; }
parked() { until_order "$1" '.saga.parked'; }

order() {
  local items
  case $2 in
    plain) items='{"item_id":"sku-100","qty":1,"unit_price":49.9},{"item_id":"sku-300","qty":2,"unit_price":8.5}' ;;
    large) items='{"item_id":"sku-200","qty":2,"unit_price":9000}' ;; # above the credit limit, so that it is reviewed
    split) items='{"item_id":"sku-100","qty":1,"unit_price":49.9},{"item_id":"sku-400","qty":1,"unit_price":399}' ;; # two locations
  esac
  post /api/orders "{\"order_id\":\"$1\",\"order_date\":\"2026-03-14T09:26:53Z\",\"customer_id\":\"customer-7f21\",\"items\":[$items]}"
}

approval='{"approved":true,"reviewer":"ada"}'
refusal='{"approved":false,"reviewer":"ada","comment":"unknown customer"}'
note='{"by":"ada","reason":"as agreed"}'

# 1. The demo's settings: the seven scenarios, reviews, cancels, what is done through the management API.
start
for file in "$here"/../Scenarios/*.json; do
  post /api/orders "@$file"
  ended "$(jq -r .order_id "$file")"
done

for id in review-approved review-rejected review-cancelled review-raw cancel-raw suspended recovered open-approve open-reject open-cancel open-suspended; do
  order "$id" large
  in_review "$id"
done
post /api/orders/review-approved/review "$approval"
post /api/orders/review-rejected/review "$refusal"
post /api/orders/review-cancelled/cancel "$note"
instance review-raw raiseEvent/ReviewDecision "$approval"
instance cancel-raw raiseEvent/Cancel '{}'
for id in review-approved review-rejected review-cancelled review-raw cancel-raw; do ended "$id"; done

# The decision comes in while the instance is suspended.
instance suspended 'suspend?reason=maintenance'
post /api/orders/suspended/review "$approval"
instance suspended 'resume?reason=done'
ended suspended
instance open-suspended 'suspend?reason=maintenance'

instance recovered 'terminate?reason=demo'
ended recovered
post /api/orders/recovered/recover "$note"
in_review recovered
post /api/orders/recovered/review "$approval"
ended recovered

order split split
order 3-split split
order 33-split split
order 2-rewound plain
for id in split 3-split 33-split 2-rewound; do ended "$id"; done
instance 2-rewound 'rewind?reason=demo'
until_is '/runtime/webhooks/durabletask/instances/2-rewound?showHistory=true' \
  '.runtimeStatus == "Failed" and (.historyEvents | any(.EventType == "ExecutionRewound"))'
stop

# 2. Retries, a failed compensation that does not stop the others, incidents, a review that nobody decides in time.
start Saga__OnCompensationFailure=Continue Saga__Retry__Attempts=2 Saga__Retry__CompensationAttempts=2 \
  Saga__Retry__FirstInterval=00:00:00.005 Saga__ReviewTimeout=00:00:01 \
  Saga__TransientFaults=ProcessPayment:1@retried,ReserveInventory:2@undone,ReleaseInventory:2@3-incident,BookShipment:1@child-retrying
order retried plain
order undone-recovered plain
order 3-incident-redriven plain
order 3-incident-closed plain
order 3-incident-open plain
order 33-continue plain
order child-retrying split
order review-overdue large
for id in retried undone-recovered 3-incident-redriven 3-incident-closed 3-incident-open 33-continue child-retrying review-overdue; do ended "$id"; done
post /api/incidents/3-incident-redriven/ReleaseInventory-1/retry "$note"
until_order 3-incident-redriven '.saga.incidents | all(.status == "Closed")'
post /api/incidents/3-incident-closed/ReleaseInventory-1/close "$note"
post /api/orders/undone-recovered/recover "$note"
until_order undone-recovered '.saga.path[-1] == "OrderSucceeded"'
stop

# 3. Forward recovery: steps, compensations and children that wait for an operator.
start Saga__OnStepExhausted=Park Saga__OnCompensationFailure=Park Saga__Retry__Attempts=2 Saga__Retry__CompensationAttempts=2 \
  Saga__Retry__FirstInterval=00:00:00.005 \
  Saga__TransientFaults=ReserveInventory:2@park-,ReleaseInventory:2@park-undo,BookShipment:4@child-
for id in park-retried park-cancelled park-undo-retried park-undo-closed park-open-retry park-open-cancel park-undo-open; do
  order "$id" plain
  parked "$id"
done
for id in child-retried child-cancelled child-open-retry child-open-cancel; do
  order "$id" split
  parked "$id"
  for child in $(curl -sS --fail-with-body "$api/api/orders/$id" | jq -r '.saga.children[].instanceId'); do
    until_is "/runtime/webhooks/durabletask/instances/$child" '.customStatus.parked'
  done
done
post /api/orders/park-retried/retry "$note"
post /api/orders/park-cancelled/cancel "$note"
post /api/orders/child-retried/retry "$note"
post /api/orders/child-cancelled/cancel "$note"
for id in park-undo-retried park-undo-closed park-undo-open; do
  post "/api/orders/$id/cancel" "$note"
  until_order "$id" '.saga.parked.state == "ReleaseInventory"'
done
post /api/incidents/park-undo-retried/ReleaseInventory-1/retry "$note"
post /api/incidents/park-undo-closed/ReleaseInventory-1/close "$note"
for id in park-retried park-cancelled park-undo-retried park-undo-closed child-retried child-cancelled; do ended "$id"; done
stop

# 4. A step that waits for its retry, and deliveries that do: nothing listens there. Then the end of the process.
start Saga__OnCompensationFailure=Continue Saga__Retry__FirstInterval=01:00:00 Saga__Retry__MaxInterval=01:00:00 \
  Saga__TransientFaults=ProcessPayment:1@open-retrying \
  Notifications__WebhookUrl=http://127.0.0.1:9/ Notifications__WebhookSecret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw \
  Notifications__FirstInterval=06:00:00 Notifications__MaxInterval=12:00:00 Notifications__SweepInterval=12:00:00
order open-retrying plain
until_is '/runtime/webhooks/durabletask/instances/open-retrying?showHistory=true' '.historyEvents | any(.EventType == "TimerCreated")'
order delivering plain
ended delivering
until_is '/runtime/webhooks/durabletask/instances/deliver-notifications?showHistory=true' '.historyEvents | any(.EventType == "TimerCreated")'
kill -9 "$host"
wait "$host" || true
host=""

for file in hub tables; do
  sqlite3 "$work/data/$file.db" 'PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);' >/dev/null
done
rm -f "$zip"
zip -9 -q -j "$zip" "$work/data/hub.db" "$work/data/tables.db"
