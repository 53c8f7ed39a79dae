"""Where people meet it: the service that handles one turn, the channels, the caseworker's commands."""
