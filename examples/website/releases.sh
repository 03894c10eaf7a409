#!/bin/sh
# Somebody who releases: a new greeting every minute or so, more pods now and then, and once in a
# while an image that no registry has, which is taken back a minute later.
#   sh examples/website/releases.sh
set -eu

set_blog() {
  echo "$1"
  kubectl patch websites.sites.example.com blog -n sites --type merge --field-manager release-bot --patch "{\"spec\": {$2}}" ||
    echo 'That did not work; going on.' >&2
  sleep "${PAUSE:-60}"
}

round=1
while true; do
  set_blog "Round $round: a new greeting." "\"greeting\": \"Hello, reader number $round.\""
  set_blog "Round $round: more pods." '"replicas": 5'
  set_blog "Round $round: an image that no registry has." '"image": "busybox:0.0-broken"'
  set_blog "Round $round: back to the image of before." '"image": "busybox:1.37"'
  set_blog "Round $round: fewer pods." '"replicas": 3'
  round=$((round + 1))
done
