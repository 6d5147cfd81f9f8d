"""What people see. Faces ask rooms by their doors and decide nothing themselves."""
