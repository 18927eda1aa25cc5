"""What turns this repository into something that runs on a computer."""
