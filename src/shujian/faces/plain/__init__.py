"""Pages that work without JavaScript, print well, and read well on a wide screen and on a phone."""
