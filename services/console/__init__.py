"""The officers' console: pages on the public listener, drawn by the server, for those bound to a role."""
