"""A small fleet of look-alike government portals, served on loopback for a first night and for the tests."""
