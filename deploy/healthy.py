"""Asks the web server of this container whether it is well; exit status 1 if not. For HEALTHCHECK."""

import os
import sys
from urllib.request import Request, urlopen

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
port = os.environ.get("PORT", "8000")
try:
    urlopen(Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host}), timeout=4)
except OSError as fault:
    sys.exit(f"not well: {fault}")
