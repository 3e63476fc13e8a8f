"""The `xinfang` command, one module per noun."""
