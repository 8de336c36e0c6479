"""The actor that draws charts and prints sheets, and the canvas it draws on."""
