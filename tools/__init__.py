"""What ./smarthome is made of: plain Python 3.11 with the standard library only."""
