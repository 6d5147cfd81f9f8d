"""密钥轮换: the keys of sealed columns, which values each holds, a new one taken into use, an old one destroyed."""
