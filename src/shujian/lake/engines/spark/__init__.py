"""Apache Spark as a second engine: the same plan, the same files, the same bytes. Needs ``make spark``."""
