"""`python -m actions`: serve the actions on loopback until told to stop."""

from actions.server import serve
from lianfang.logs import configure_logs
from lianfang.settings import Settings

if __name__ == "__main__":
    configure_logs("actions")
    serve(Settings.from_env())
