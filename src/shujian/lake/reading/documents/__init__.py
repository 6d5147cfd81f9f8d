"""Documents as text: HTML, DOCX, PDF with a text layer, TXT. Each reader gives one ``Page`` or refuses by name."""
