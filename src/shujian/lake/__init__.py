"""数据湖: typed rows that know their file and line, in versions that can be read again. No Django.

Enter by ``service`` (write), ``read``, ``errors`` and ``events``. A batch is committed by its Delta
commit; the register is a copy that can be rebuilt from the Delta logs.
"""
