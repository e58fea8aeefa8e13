"""What a person wants to see of a reading: whose report it is, its tables as on the form, and what does not add up."""
