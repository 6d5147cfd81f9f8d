"""备份: one sealed file that holds an installation, checked, restored and drilled."""
