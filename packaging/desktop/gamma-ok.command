#!/bin/sh
# What macOS runs on a double click: the desk, in the browser. It answers until this window is closed.
cd "$(dirname "$0")" || exit 1
./gamma-ok serve || {
  echo "gamma-ok could not be started. Press Return to close this window."
  read -r _
}
