"""What we add to Datasette, one small plugin a concern; ``publish.site`` registers them."""
