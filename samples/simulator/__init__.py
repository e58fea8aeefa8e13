"""The simulator: government portals of every family, with their walls and their dirt, on loopback only."""
